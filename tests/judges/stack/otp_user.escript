#!/usr/bin/env escript
%% An end of an association of Erlang/OTP's megaco that does what it is told.
%%
%%   otp_user.escript mgc TRANSPORT ENCODING PORT MID CONFIGURATION   listen at 127.0.0.1, PORT 0 being any
%%   otp_user.escript mg TRANSPORT ENCODING PORT MID CONFIGURATION    connect to 127.0.0.1:PORT
%%
%% TRANSPORT is udp or tcp, ENCODING pretty, compact or binary, MID a domain name, CONFIGURATION an Erlang term: what
%% megaco:start_user takes; trans_ack, which only connections take, once there is one; serialize, for UDP: messages are handled in the
%% order in which they come, in one process, where the stack has a process for each otherwise. The first line is "missing"
%% and what, or "listening PORT", or "connected".
%%
%% Then commands are read, a line each. What is TEXT in them is a message in pretty text, in base64; what is told as
%% OCTETS is a message too, in binary where ENCODING is that, for OTP does not read the values in it, and in pretty text
%% otherwise. What is TERM is an Erlang term.
%%
%%   cast NAME TEXT     send the requests in a message, all in one; their ids and the message's head do not count
%%   answer WAY ...     what requests are answered from now on:
%%                        echo          each command is done
%%                        error CODE    refused as a whole
%%                        text TEXT     with the reply in the text
%%                        slow MS       echo after so many ms, the stack saying what it likes meanwhile (threaded)
%%                        pending MS    the same, having told the stack that it takes longer
%%   acks WAY           whether the stack tells of acknowledgements of replies: discard; handle, and has replies ask for
%%                      them; sloppy, where they come unasked
%%   set ITEM TERM      change the connection (megaco:update_conn_info)
%%   info ITEM          answered with a line "info TERM"
%%
%% What happens is told, a line each:
%%
%%   request VERSION OCTETS                   a request
%%   reply NAME VERSION OCTETS                the reply to a request
%%   segment NAME VERSION NUMBER LAST OCTETS  a segment of it; LAST is true or false
%%   failed NAME TERM                         there is none, or it is an error
%%   acknowledged TERM                        what the stack says of an acknowledgement; "ok"
%%   aborted NUMBER                           a request is given up, after too many pendings
%%   unexpected TERM                          a transaction that nobody waits for
%%   segmented NUMBER SEGMENT TERM            a segment of a reply of ours has arrived
%%   message_error TERM, syntax_error TERM    an error for a whole message; a message that cannot be read
%%   connect OCTETS, disconnect TERM          a peer came, with its mId; went
-mode(compile).
-export([handle_connect/2, handle_disconnect/3, handle_syntax_error/3, handle_message_error/3,
         handle_trans_request/3, handle_trans_long_request/3, handle_trans_reply/4, handle_trans_ack/4,
         handle_unexpected_trans/3, handle_trans_request_abort/4, handle_segment_reply/5]).

main([Role, Transport, Encoding, Port, Mid, Configuration]) ->
    ok = logger:remove_handler(default),
    ok = logger:add_handler(default, logger_std_h, #{config => #{type => standard_error}}),
    case code:lib_dir(megaco) of
        {error, _} ->
            say("missing megaco", []);
        _ ->
            ok = megaco:start(),
            persistent_term:put(answer, ["echo"]),
            persistent_term:put(acks, "discard"),
            {OfOthers, OfUser} = lists:partition(fun is_of_others/1, term(Configuration)),
            {OfSocket, OfConnection} = proplists:split(OfOthers, [serialize]),
            persistent_term:put(told_in, told_in(Encoding, proplists:get_value(protocol_version, OfUser, 1))),
            persistent_term:put(of_connection, OfConnection),
            persistent_term:put(of_socket, lists:append(OfSocket)),
            Receive = user({domainName, {'DomainName', Mid, asn1_NOVALUE}}, Transport, Encoding, OfUser),
            start(Role, Transport, list_to_integer(Port), Receive),
            serve()
    end.

%% There is a default of trans_ack, but connections do not take it
is_of_others({Item, _}) -> lists:member(Item, [trans_ack, serialize]).

user(Mid, Transport, Encoding, Configuration) ->
    ok = megaco:start_user(Mid, [{user_mod, ?MODULE}, {send_mod, transport(Transport)},
                                 {encoding_mod, encoder(Encoding)} | Configuration]),
    %% The version last in the handle decides by which module binary is read; it is 1 whatever the user's is
    Receive = megaco:user_info(Mid, receive_handle),
    setelement(tuple_size(Receive), Receive, proplists:get_value(protocol_version, Configuration, 1)).

transport("udp") -> megaco_udp;
transport("tcp") -> megaco_tcp.

encoder("pretty") -> megaco_pretty_text_encoder;
encoder("compact") -> megaco_compact_text_encoder;
encoder("binary") -> megaco_ber_encoder.

%% Binary of whatever version was read by the module of the user's
told_in("binary", Version) -> {megaco_ber_encoder, Version};
told_in(_, _) -> {megaco_pretty_text_encoder, own}.

start("mgc", "udp", Port, Receive) ->
    {Socket, _} = udp(Port, Receive),
    {ok, Bound} = inet:port(Socket),
    say("listening ~w", [Bound]);
start("mgc", "tcp", Port, Receive) ->
    {ok, Supervisor} = megaco_tcp:start_transport(),
    ok = megaco_tcp:listen(Supervisor, [{port, Port}, {receive_handle, Receive}, {tcp_options, [{ip, {127, 0, 0, 1}}]}]),
    [Bound] = [Number || Socket <- erlang:ports(), {ok, {{127, 0, 0, 1}, Number}} <- [catch inet:sockname(Socket)]],
    say("listening ~w", [Bound]);
start("mg", "udp", Port, Receive) ->
    {Socket, Control} = udp(0, Receive),
    connect(Receive, megaco_udp:create_send_handle(Socket, {127, 0, 0, 1}, Port), Control);
start("mg", "tcp", Port, Receive) ->
    {ok, Supervisor} = megaco_tcp:start_transport(),
    {ok, Send, Control} = megaco_tcp:connect(Supervisor, [{host, {127, 0, 0, 1}}, {port, Port}, {receive_handle, Receive}]),
    connect(Receive, Send, Control).

udp(Port, Receive) ->
    {ok, Supervisor} = megaco_udp:start_transport(),
    {ok, Socket, Control} = megaco_udp:open(Supervisor, [{port, Port}, {receive_handle, Receive},
                                                         {udp_options, [{ip, {127, 0, 0, 1}}, {buffer, 65536},
                                                                        {recbuf, 1048576}]}
                                                         | persistent_term:get(of_socket)]),
    {Socket, Control}.

connect(Receive, Send, Control) ->
    {ok, _} = megaco:connect(Receive, preliminary_mid, Send, Control),
    say("connected", []).

%% Commands

serve() ->
    case io:get_line("") of
        eof -> ok;
        Line -> perform(string:split(string:trim(Line), " ", all), connection()), serve()
    end.

%% The one whose peer has a mId, which a gateway's gets with its first answer; the preliminary one before
connection() ->
    Handles = [Handle || User <- megaco:system_info(users), Handle <- megaco:user_info(User, connections)],
    case [Handle || Handle <- Handles, element(3, Handle) =/= preliminary_mid] ++ Handles of
        [] -> none;
        [Handle | _] -> Handle
    end.

perform(["cast", Name, Text], Handle) ->
    Requests = [Actions || {transactionRequest, {'TransactionRequest', _, Actions}} <- transactions(Text)],
    case megaco:cast(Handle, one_or_all(Requests), [{reply_data, Name}]) of
        ok -> ok;
        Failure -> say("failed ~s ~0tp", [Name, Failure])
    end;
perform(["answer" | Way], _) ->
    persistent_term:put(answer, Way);
perform(["acks", Way], _) ->
    persistent_term:put(acks, Way);
perform(["set", Item, Term], Handle) ->
    ok = megaco:update_conn_info(Handle, list_to_atom(Item), term(Term));
perform(["info", Item], Handle) ->
    say("info ~0tp", [megaco:conn_info(Handle, list_to_atom(Item))]).

one_or_all([Actions]) -> Actions;
one_or_all(Requests) -> Requests.

%% What the stack calls

handle_connect(Handle, Version) ->
    case element(3, Handle) of
        preliminary_mid -> ok;
        Mid -> say("connect ~s", [mid_octets(Mid, Version)])
    end,
    %% Where the stack calls this the connection is there; what it holds can be changed only once this has returned.
    Items = persistent_term:get(of_connection),
    spawn(fun() -> [change(Handle, Item, 100) || Item <- Items] end),
    ok.

change(Handle, {Item, Term}, Tries) when Tries > 0 ->
    case catch megaco:update_conn_info(Handle, Item, Term) of
        ok -> ok;
        _ -> timer:sleep(10), change(Handle, {Item, Term}, Tries - 1)
    end.

handle_disconnect(_, _, Reason) ->
    say("disconnect ~0tp", [Reason]),
    ok.

handle_trans_request(_, Version, Actions) ->
    say("request ~w ~s", [Version, octets(Version, {transactionRequest, {'TransactionRequest', 1, Actions}})]),
    case persistent_term:get(answer) of
        ["echo"] -> replied(echo(Actions));
        ["error", Code] -> replied({'ErrorDescriptor', list_to_integer(Code), "refused"});
        ["text", Text] -> replied(reply(Text));
        ["slow", Milliseconds] -> timer:sleep(list_to_integer(Milliseconds)), replied(echo(Actions));
        ["pending", Milliseconds] -> {pending, {list_to_integer(Milliseconds), Actions}}
    end.

handle_trans_long_request(_, _, {Milliseconds, Actions}) ->
    timer:sleep(Milliseconds),
    replied(echo(Actions)).

replied(Reply) ->
    case persistent_term:get(acks) of
        "discard" -> {discard_ack, Reply};
        "handle" -> {{handle_ack, ok}, Reply};
        "sloppy" -> {{handle_sloppy_ack, ok}, Reply}
    end.

reply(Text) ->
    [{transactionReply, Reply}] = transactions(Text),
    case element(4, Reply) of
        {actionReplies, Replies} -> Replies;
        {transactionError, Error} -> Error
    end.

echo(Actions) ->
    [{'ActionReply', Context, asn1_NOVALUE, asn1_NOVALUE, [done(element(2, Command)) || Command <- Commands]}
     || {'ActionRequest', Context, _, _, Commands} <- Actions].

done({addReq, Request}) -> {addReply, ammed(Request)};
done({moveReq, Request}) -> {moveReply, ammed(Request)};
done({modReq, Request}) -> {modReply, ammed(Request)};
done({subtractReq, Request}) -> {subtractReply, ammed(Request)};
done({notifyReq, Request}) -> {notifyReply, {'NotifyReply', element(2, Request), asn1_NOVALUE}};
done({serviceChangeReq, {'ServiceChangeRequest', Terminations, Services}}) ->
    Result = {'ServiceChangeResParm', asn1_NOVALUE, asn1_NOVALUE, element(4, Services), asn1_NOVALUE, asn1_NOVALUE},
    {serviceChangeReply, {'ServiceChangeReply', Terminations, {serviceChangeResParms, Result}}}.

ammed(Request) -> {'AmmsReply', element(2, Request), asn1_NOVALUE}.

handle_trans_reply(_, Version, {ok, {Number, Last, Replies}}, Name) ->
    say("segment ~s ~w ~w ~w ~s", [Name, Version, Number, Last, reply_octets(Version, Replies)]),
    ok;
handle_trans_reply(_, Version, {ok, Replies}, Name) ->
    say("reply ~s ~w ~s", [Name, Version, reply_octets(Version, Replies)]),
    ok;
handle_trans_reply(_, _, Failure, Name) ->
    say("failed ~s ~0tp", [Name, Failure]),
    ok.

handle_trans_ack(_, _, Status, _) -> say("acknowledged ~0tp", [Status]), ok.
handle_trans_request_abort(_, _, Number, _) -> say("aborted ~w", [Number]), ok.
handle_unexpected_trans(_, _, Transaction) -> say("unexpected ~0tp", [Transaction]), ok.
handle_segment_reply(_, _, Number, Segment, Complete) -> say("segmented ~w ~w ~w", [Number, Segment, Complete]), ok.
handle_message_error(_, _, Error) -> say("message_error ~0tp", [Error]), no_reply.
handle_syntax_error(_, _, Error) -> say("syntax_error ~0tp", [Error]), reply.

%% Messages and terms

transactions(Text) ->
    {ok, {'MegacoMessage', _, {'Message', _, _, {transactions, Transactions}}}} =
        megaco_pretty_text_encoder:decode_message([], base64:decode(Text)),
    Transactions.

%% The records of version 3 say more in a reply, of segments
reply_octets(Version, Replies) when Version >= 3 ->
    Reply = {'TransactionReply', 1, asn1_NOVALUE, {actionReplies, Replies}, asn1_NOVALUE, asn1_NOVALUE},
    octets(Version, {transactionReply, Reply});
reply_octets(Version, Replies) ->
    octets(Version, {transactionReply, {'TransactionReply', 1, asn1_NOVALUE, {actionReplies, Replies}}}).

mid_octets(Mid, Version) -> octets(Version, {transactionPending, {'TransactionPending', 1}}, Mid).

octets(Version, Transaction) -> octets(Version, Transaction, {deviceName, "otp"}).

octets(Version, Transaction, Mid) ->
    Message = {'MegacoMessage', asn1_NOVALUE, {'Message', Version, Mid, {transactions, [Transaction]}}},
    {ok, Octets} = case persistent_term:get(told_in) of
                       {Encoder, own} -> Encoder:encode_message([], Version, Message);
                       {Encoder, Other} -> Encoder:encode_message([], Other, Message)
                   end,
    base64:encode(Octets).

term(Text) ->
    {ok, Tokens, _} = erl_scan:string(Text ++ "."),
    {ok, Term} = erl_parse:parse_term(Tokens),
    Term.

say(Form, Words) ->
    io:format(Form ++ "~n", Words).
