#!/usr/bin/env escript
%% One end of an association of Erlang/OTP's megaco over UDP on 127.0.0.1, for measuring round trips.
%%
%%   otp_stack.escript mgc ENCODING [OPTION ...]       greet with "listening PORT"
%%   otp_stack.escript mg ENCODING PORT [OPTION ...]   register with the controller at PORT; greet with "registered"
%%
%% Either says "missing" and what instead where Erlang has no megaco. ENCODING is pretty, compact or binary; text is
%% scanned by the scanner in C. Options, each absent by default:
%%
%%   accumulate=COUNT/MS   collect requests until there are so many or so many ms have passed (trans_req)
%%   acks                  acknowledge replies, collected like requests (auto_ack, trans_ack; needs accumulate)
%%   serialize             handle datagrams in the process of the socket, without one process each
%%
%% A gateway answers Modify until its input ends. A controller reads a command a line and answers with a line:
%%
%%   run cast WINDOW MS    keep WINDOW requests under way for so many ms, the next sent where a reply is handled;
%%                         answer round trips and microseconds
%%   run call WINDOW MS    the same with WINDOW processes that each wait for their reply
%%   run batch WINDOW MS   the same as cast with all of WINDOW in one message, the next once all are answered
%%
%% Every request is a Modify of another termination with one property.
-mode(compile).
-export([handle_connect/2, handle_disconnect/3, handle_syntax_error/3, handle_message_error/3,
         handle_trans_request/3, handle_trans_long_request/3, handle_trans_reply/4, handle_trans_ack/4,
         handle_unexpected_trans/3, handle_trans_request_abort/4]).

-define(VERSION, 2).

main([Role, Encoding | Arguments]) ->
    case code:lib_dir(megaco) of
        {error, _} ->
            io:format("missing megaco~n");
        _ ->
            ok = megaco:start(),
            serve(Role, Encoding, Arguments)
    end.

serve("mgc", Encoding, Options) ->
    {_, _, Socket} = listen({ip4Address, {'IP4Address', [127, 0, 0, 1], 2944}}, Encoding, Options),
    persistent_term:put(encoding, Encoding),
    persistent_term:put(connected, self()),
    {ok, Port} = inet:port(Socket),
    io:format("listening ~w~n", [Port]),
    Handle = receive {connected, Connected} -> Connected end,
    commands(Handle);
serve("mg", Encoding, [Port | Options]) ->
    {Receive, Control, Socket} = listen({ip4Address, {'IP4Address', [127, 0, 0, 1], 2955}}, Encoding, Options),
    To = megaco_udp:create_send_handle(Socket, {127, 0, 0, 1}, list_to_integer(Port)),
    {ok, Handle} = megaco:connect(Receive, preliminary_mid, To, Control),
    {?VERSION, {ok, [_]}} = megaco:call(Handle, [registration()], []),
    io:format("registered~n"),
    eof = io:get_line("").

%% A user of the stack with a socket of its own
listen(Mid, Encoding, Options) ->
    ok = megaco:start_user(Mid, [{user_mod, ?MODULE}, {send_mod, megaco_udp}, {protocol_version, ?VERSION},
                                 {encoding_mod, encoder(Encoding)}, {encoding_config, configuration(Encoding)}
                                 | lists:append([setting(Option) || Option <- Options])]),
    Receive = megaco:user_info(Mid, receive_handle),
    {ok, Supervisor} = megaco_udp:start_transport(),
    Serialize = lists:member("serialize", Options),
    {ok, Socket, Control} = megaco_udp:open(Supervisor, [{port, 0}, {receive_handle, Receive}, {serialize, Serialize},
                                                         {udp_options, [{ip, {127, 0, 0, 1}} | buffers(Options)]}]),
    io:format(standard_error, "~p~n", [inet:getopts(Socket, [recbuf, sndbuf, buffer])]),
    {Receive, Control, Socket}.

encoder("pretty") -> megaco_pretty_text_encoder;
encoder("compact") -> megaco_compact_text_encoder;
encoder("binary") -> megaco_ber_encoder.

configuration("binary") ->
    [];
configuration(_) ->
    case megaco_flex_scanner:start() of
        {ok, Port} -> [{flex, Port}];
        Port -> [{flex, Port}]
    end.

setting("accumulate=" ++ Rest) ->
    [Count, Milliseconds] = [list_to_integer(Part) || Part <- string:split(Rest, "/")],
    [{trans_req, true}, {trans_req_maxcount, Count}, {trans_ack_maxcount, Count}, {trans_req_maxsize, 60000},
     {trans_timer, Milliseconds}];
setting("acks") ->
    [{auto_ack, true}, {trans_ack, true}];
setting(_) ->
    [].

buffers(Options) ->
    case lists:member("buffers", Options) of
        true -> [{recbuf, 4194304}, {sndbuf, 4194304}, {buffer, 65536}];
        false -> []
    end.

%% Commands

commands(Handle) ->
    case io:get_line("") of
        eof ->
            ok;
        Line ->
            ["run", Way, Window, Milliseconds] = string:lexemes(string:trim(Line), " "),
            {Count, Time} = run(Way, Handle, list_to_integer(Window), list_to_integer(Milliseconds)),
            io:format("~w ~w~n", [Count, Time]),
            commands(Handle)
    end.

%% Round trips that were complete at the end of the time, and microseconds; those under way then are awaited
run(Way, Handle, Window, Milliseconds) ->
    Counter = atomics:new(2, []),
    Start = erlang:monotonic_time(microsecond),
    Run = {self(), Counter, Start + Milliseconds * 1000},
    start(Way, Handle, Window, Run),
    [receive {ended, Run} -> ok after 60000 -> exit(no_reply) end || _ <- lists:seq(1, enders(Way, Window))],
    {atomics:get(Counter, 1), erlang:monotonic_time(microsecond) - Start}.

enders("batch", _) -> 1;
enders(_, Window) -> Window.

start("cast", Handle, Window, Run) -> [cast_next(Handle, Run) || _ <- lists:seq(1, Window)];
start("call", Handle, Window, Run) -> [spawn_link(fun() -> call_next(Handle, Run) end) || _ <- lists:seq(1, Window)];
start("batch", Handle, Window, Run) -> batch_next(Handle, Window, Run).

cast_next(Handle, Run) ->
    ok = megaco:cast(Handle, [request(number(Run))], [{reply_data, Run}]).

call_next(Handle, Run) ->
    {?VERSION, {ok, [_]}} = megaco:call(Handle, [request(number(Run))], []),
    answered(Run, fun() -> call_next(Handle, Run) end).

batch_next(Handle, Window, Run) ->
    Left = atomics:new(1, []),
    atomics:put(Left, 1, Window),
    ok = megaco:cast(Handle, [[request(number(Run))] || _ <- lists:seq(1, Window)],
                     [{reply_data, {batch, Run, Left, Window}}]).

answered({Starter, Counter, End} = Run, Next) ->
    atomics:add(Counter, 1, 1),
    case erlang:monotonic_time(microsecond) of
        Now when Now < End -> Next();
        _ -> Starter ! {ended, Run}
    end.

number({_, Counter, _}) ->
    atomics:add_get(Counter, 2, 1) rem 50000.

%% Messages

request(Number) ->
    Stream = {'StreamParms', {'LocalControlDescriptor', asn1_NOVALUE, asn1_NOVALUE, asn1_NOVALUE,
                              [{'PropertyParm', "nt/jit", ["40"], asn1_NOVALUE}]}, asn1_NOVALUE, asn1_NOVALUE},
    Media = {'MediaDescriptor', asn1_NOVALUE, {multiStream, [{'StreamDescriptor', 1, Stream}]}},
    action(Number + 1, {modReq, {'AmmRequest', [termination(Number)], [{mediaDescriptor, Media}]}}).

registration() ->
    Services = {'ServiceChangeParm', restart, asn1_NOVALUE, ?VERSION, asn1_NOVALUE, ["901 Cold Boot"],
                asn1_NOVALUE, asn1_NOVALUE, asn1_NOVALUE, asn1_NOVALUE, asn1_NOVALUE},
    action(0, {serviceChangeReq, {'ServiceChangeRequest', [{megaco_term_id, false, ["root"]}], Services}}).

action(Context, Command) ->
    {'ActionRequest', Context, asn1_NOVALUE, asn1_NOVALUE, [{'CommandRequest', Command, asn1_NOVALUE, asn1_NOVALUE}]}.

%% The names are made as an application has them, octet by octet where binary takes no others
termination(Number) ->
    Parts = case persistent_term:get(encoding) of
                "binary" -> [bits(1), bits(Number bsr 8), bits(Number)];
                _ -> ["ip", "1", "core", integer_to_list(Number)]
            end,
    {megaco_term_id, false, Parts}.

bits(Number) -> [$0 + ((Number bsr Bit) band 1) || Bit <- [7, 6, 5, 4, 3, 2, 1, 0]].

%% What the stack calls

handle_connect(#{} = _, _) -> ok;
handle_connect(Handle, _) ->
    case persistent_term:get(connected, none) of
        none -> ok;
        Starter -> Starter ! {connected, Handle}, ok
    end.

handle_disconnect(_, _, _) -> ok.

handle_trans_request(_, _, [{'ActionRequest', Context, _, _, [{'CommandRequest', Command, _, _}]}]) ->
    {discard_ack, [{'ActionReply', Context, asn1_NOVALUE, asn1_NOVALUE, [answer(Command)]}]}.

answer({modReq, {'AmmRequest', Terminations, _}}) ->
    {modReply, {'AmmsReply', Terminations, asn1_NOVALUE}};
answer({serviceChangeReq, {'ServiceChangeRequest', Terminations, _}}) ->
    Services = {'ServiceChangeResParm', asn1_NOVALUE, asn1_NOVALUE, ?VERSION, asn1_NOVALUE, asn1_NOVALUE},
    {serviceChangeReply, {'ServiceChangeReply', Terminations, {serviceChangeResParms, Services}}}.

handle_trans_reply(Handle, _, {ok, [_]}, {batch, {_, Counter, _} = Run, Left, Window}) ->
    case atomics:sub_get(Left, 1, 1) of
        0 -> answered(Run, fun() -> batch_next(Handle, Window, Run) end);
        _ -> atomics:add(Counter, 1, 1)
    end,
    ok;
handle_trans_reply(Handle, _, {ok, [_]}, Run) ->
    answered(Run, fun() -> cast_next(Handle, Run) end),
    ok.

handle_syntax_error(_, _, Error) -> exit({syntax_error, Error}).
handle_message_error(_, _, Error) -> exit({message_error, Error}).
handle_trans_long_request(_, _, _) -> exit(long_request).
handle_trans_ack(_, _, _, _) -> ok.
handle_unexpected_trans(_, _, _) -> ok.
handle_trans_request_abort(_, _, _, _) -> ok.
