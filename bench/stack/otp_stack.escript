#!/usr/bin/env escript
%% One end of an association of Erlang/OTP's megaco over UDP on 127.0.0.1, for measuring round trips.
%%
%%   otp_stack.escript releases                        say "OTP" and the releases
%%   otp_stack.escript mgc ENCODING [OPTION ...]       greet with "listening PORT"
%%   otp_stack.escript mg ENCODING PORT [OPTION ...]   register with the controller at PORT; greet with "registered"
%%
%% Each says "missing" and what instead where Erlang has no megaco. ENCODING is pretty, compact or binary; text is
%% scanned by the scanner in C. Options, each absent by default:
%%
%%   buffers               sockets with room for 4 MB
%%   serialize             handle datagrams in the process of the socket, without one process each
%%   accumulate=COUNT/MS   collect requests until there are so many or so many ms have passed (trans_req)
%%
%% A gateway answers Modify until its input ends. A controller reads a command a line and answers with a line:
%%
%%   octets               of a request
%%   run cast WINDOW MS   keep WINDOW requests under way for so many ms, the next sent where a reply is handled; answer
%%                        how many were replied to in that time, and how many never
%%   run call WINDOW MS   the same with WINDOW processes that each wait for their reply
%%   run batch WINDOW MS  the same as cast with all of WINDOW in one message, the next once all are answered
%%
%% Every request is a Modify of another termination with one property.
-mode(compile).
-export([handle_connect/2, handle_disconnect/3, handle_syntax_error/3, handle_message_error/3,
         handle_trans_request/3, handle_trans_long_request/3, handle_trans_reply/4, handle_trans_ack/4,
         handle_unexpected_trans/3, handle_trans_request_abort/4]).

-define(VERSION, 2).
-define(TERMINATIONS, 50000).
%% Replies that have not come so long after the end were lost on the way: OTP repeats after 7 s at first
-define(GRACE_MS, 500).

main(["releases"]) ->
    case code:lib_dir(megaco) of
        {error, _} ->
            io:format("missing megaco~n");
        Folder ->
            Machine = [erlang:system_info(otp_release), erlang:system_info(emu_flavor), filename:basename(Folder)],
            io:format("OTP ~s (~s), ~s~n", Machine)
    end;
main([Role, Encoding | Arguments]) ->
    ok = logger:remove_handler(default),
    case code:lib_dir(megaco) of
        {error, _} ->
            io:format("missing megaco~n");
        _ ->
            ok = megaco:start(),
            persistent_term:put(encoding, Encoding),
            serve(Role, Encoding, Arguments)
    end.

serve("mgc", Encoding, Options) ->
    persistent_term:put(starter, self()),
    {_, _, Socket} = listen({ip4Address, {'IP4Address', [127, 0, 0, 1], 2944}}, Encoding, Options),
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
    %% The version last in the handle decides by which module binary is read; it is 1 whatever the user's is
    Default = megaco:user_info(Mid, receive_handle),
    Receive = setelement(tuple_size(Default), Default, ?VERSION),
    {ok, Supervisor} = megaco_udp:start_transport(),
    Serialize = lists:member("serialize", Options),
    {ok, Socket, Control} = megaco_udp:open(Supervisor, [{port, 0}, {receive_handle, Receive}, {serialize, Serialize},
                                                         {udp_options, [{ip, {127, 0, 0, 1}} | buffers(Options)]}]),
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
    [{trans_req, true}, {trans_req_maxcount, Count}, {trans_req_maxsize, 60000}, {trans_timer, Milliseconds}];
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
        eof -> ok;
        Line -> io:format("~s~n", [perform(string:lexemes(string:trim(Line), " "), Handle)]), commands(Handle)
    end.

perform(["octets"], _) ->
    Transaction = {transactionRequest, {'TransactionRequest', 12345, [request(12345)]}},
    Mid = {ip4Address, {'IP4Address', [127, 0, 0, 1], 2944}},
    Message = {'MegacoMessage', asn1_NOVALUE, {'Message', ?VERSION, Mid, {transactions, [Transaction]}}},
    {ok, Octets} = (encoder(persistent_term:get(encoding))):encode_message([], ?VERSION, Message),
    integer_to_list(byte_size(Octets));
perform(["run", Way, Window, Milliseconds], Handle) ->
    {Count, Lost} = run(Way, Handle, list_to_integer(Window), list_to_integer(Milliseconds)),
    io_lib:format("~w ~w", [Count, Lost]).

run(Way, Handle, Window, Milliseconds) ->
    Counter = atomics:new(2, []),
    End = erlang:monotonic_time(millisecond) + Milliseconds,
    Run = {self(), Counter, End},
    start(Way, Handle, Window, Run),
    Ends = enders(Way, Window),
    Ended = await(Run, Ends, End + ?GRACE_MS),
    case Ended of
        Ends -> ok;
        _ -> ok = megaco:cancel(Handle, over), await(Run, Ends - Ended, End + 10 * ?GRACE_MS)
    end,
    {atomics:get(Counter, 1), Ends - Ended}.

enders("batch", _) -> 1;
enders(_, Window) -> Window.

%% How many of so many ends have come by a time
await(_, 0, _) -> 0;
await(Run, Count, Until) ->
    receive
        {ended, Run} -> 1 + await(Run, Count - 1, Until)
    after max(0, Until - erlang:monotonic_time(millisecond)) -> 0
    end.

start("cast", Handle, Window, Run) -> [cast_next(Handle, Run) || _ <- lists:seq(1, Window)];
start("call", Handle, Window, Run) -> [spawn_link(fun() -> call_next(Handle, Run) end) || _ <- lists:seq(1, Window)];
start("batch", Handle, Window, Run) -> batch_next(Handle, Window, Run).

cast_next(Handle, Run) ->
    ok = megaco:cast(Handle, [request(number(Run))], [{reply_data, Run}]).

call_next(Handle, Run) ->
    case megaco:call(Handle, [request(number(Run))], []) of
        {?VERSION, {ok, [_]}} -> answered(Run, fun() -> call_next(Handle, Run) end);
        _ -> ended(Run)
    end.

batch_next(Handle, Window, Run) ->
    Left = atomics:new(1, []),
    atomics:put(Left, 1, Window),
    Requests = [[request(number(Run))] || _ <- lists:seq(1, Window)],
    ok = megaco:cast(Handle, Requests, [{reply_data, {batch, Run, Left, Window}}]).

answered({_, Counter, End} = Run, Next) ->
    case erlang:monotonic_time(millisecond) of
        Now when Now < End -> atomics:add(Counter, 1, 1), Next();
        _ -> ended(Run)
    end.

ended({Starter, _, _} = Run) -> Starter ! {ended, Run}.

number({_, Counter, _}) -> atomics:add_get(Counter, 2, 1) rem ?TERMINATIONS.

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

%% The names are made as an application has them; binary takes octets only, written bit by bit
termination(Number) ->
    Parts = case persistent_term:get(encoding) of
                "binary" -> [bits(1), bits(Number bsr 8), bits(Number)];
                _ -> ["ip", "1", "core", integer_to_list(Number)]
            end,
    {megaco_term_id, false, Parts}.

bits(Number) -> [$0 + ((Number bsr Bit) band 1) || Bit <- [7, 6, 5, 4, 3, 2, 1, 0]].

%% What the stack calls

handle_connect(Handle, _) ->
    case persistent_term:get(starter, none) of
        none -> ok;
        Starter -> Starter ! {connected, Handle}, ok
    end.

handle_trans_request(_, _, [{'ActionRequest', Context, _, _, [{'CommandRequest', Command, _, _}]}]) ->
    {discard_ack, [{'ActionReply', Context, asn1_NOVALUE, asn1_NOVALUE, [answer(Command)]}]}.

answer({modReq, {'AmmRequest', Terminations, _}}) ->
    {modReply, {'AmmsReply', Terminations, asn1_NOVALUE}};
answer({serviceChangeReq, {'ServiceChangeRequest', Terminations, _}}) ->
    Services = {'ServiceChangeResParm', asn1_NOVALUE, asn1_NOVALUE, ?VERSION, asn1_NOVALUE, asn1_NOVALUE},
    {serviceChangeReply, {'ServiceChangeReply', Terminations, {serviceChangeResParms, Services}}}.

handle_trans_reply(Handle, _, {ok, [_]}, {batch, {_, Counter, End} = Run, Left, Window}) ->
    case erlang:monotonic_time(millisecond) < End of
        true -> atomics:add(Counter, 1, 1);
        false -> ok
    end,
    case atomics:sub_get(Left, 1, 1) of
        0 -> next_batch(Handle, Window, Run);
        _ -> ok
    end,
    ok;
handle_trans_reply(_, _, {error, _}, {batch, Run, Left, _}) ->
    case atomics:sub_get(Left, 1, 1) of
        0 -> ended(Run);
        _ -> ok
    end,
    ok;
handle_trans_reply(Handle, _, {ok, [_]}, Run) ->
    answered(Run, fun() -> cast_next(Handle, Run) end),
    ok;
handle_trans_reply(_, _, {error, _}, Run) ->
    ended(Run),
    ok.

next_batch(Handle, Window, {_, _, End} = Run) ->
    case erlang:monotonic_time(millisecond) < End of
        true -> batch_next(Handle, Window, Run);
        false -> ended(Run)
    end.

handle_disconnect(_, _, _) -> ok.
handle_syntax_error(_, _, Error) -> exit({syntax_error, Error}).
handle_message_error(_, _, Error) -> exit({message_error, Error}).
handle_trans_long_request(_, _, _) -> exit(long_request).
handle_trans_ack(_, _, _, _) -> ok.
handle_unexpected_trans(_, _, _) -> ok.
handle_trans_request_abort(_, _, _, _) -> ok.
