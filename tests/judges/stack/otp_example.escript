#!/usr/bin/env escript
%% One of the two example programs of Erlang/OTP's megaco, run as it is shipped but for its port numbers: 2944 and 2945
%% in its code are changed before it is loaded, so that it runs beside anything else on the machine.
%%
%%   otp_example.escript mg STARTER PORT        the gateway, by one of its own starters (start_udp_text ...), against the
%%                                              controller at 127.0.0.1:PORT
%%   otp_example.escript mgc TEXT BINARY        the controller, listening for UDP and TCP at both ports
%%
%% The first line is "missing" and what, "started", or "failed" and why. Of a gateway "started" is followed by the
%% version and the text of what it was replied, in base64. Then every line "connections" of input is answered with a line:
%% for every peer a message that has its mId, in base64, spaces between them.
-mode(compile).

main(Arguments) ->
    ok = logger:remove_handler(default),
    case code:lib_dir(megaco) of
        {error, _} ->
            say("missing megaco", []);
        Folder ->
            ok = megaco:start(),
            run(filename:join([Folder, "examples", "simple"]), Arguments)
    end.

run(Folder, ["mg", Starter, Port]) ->
    Number = list_to_integer(Port),
    loaded(Folder, megaco_simple_mg, #{2944 => Number, 2945 => Number}, fun() ->
        case megaco_simple_mg:(list_to_atom(Starter))("127.0.0.1", []) of
            {Mid, {Version, {ok, Replies}}} -> {started, [Version, text(Version, Mid, Replies)]};
            {_, Failure} -> {failed, Failure}
        end
    end);
run(Folder, ["mgc", Text, Binary]) ->
    loaded(Folder, megaco_simple_mgc, #{2944 => list_to_integer(Text), 2945 => list_to_integer(Binary)}, fun() ->
        case megaco_simple_mgc:start(false, false) of
            {ok, Transports} ->
                case [Failure || {Failure, _, _} <- Transports, Failure =/= ok] of
                    [] -> {started, []};
                    Failures -> {failed, Failures}
                end;
            Failure ->
                {failed, Failure}
        end
    end).

loaded(Folder, Module, Ports, Start) ->
    case beam_lib:chunks(filename:join(Folder, atom_to_list(Module)), [abstract_code]) of
        {ok, {Module, [{abstract_code, {raw_abstract_v1, Forms}}]}} ->
            {ok, Module, Code} = compile:forms(changed(Forms, Ports), []),
            {module, Module} = code:load_binary(Module, atom_to_list(Module), Code),
            greet(Start());
        Other ->
            say("missing ~p: ~0tp", [Module, Other])
    end.

%% Forms with other numbers
changed({integer, At, Number}, Numbers) -> {integer, At, maps:get(Number, Numbers, Number)};
changed(Form, Numbers) when is_tuple(Form) -> list_to_tuple(changed(tuple_to_list(Form), Numbers));
changed([Head | Tail], Numbers) -> [changed(Head, Numbers) | changed(Tail, Numbers)];
changed(Form, _) -> Form.

greet({started, Words}) ->
    say("~s", [lists:join(" ", ["started" | [io_lib:format("~s", [word(Word)]) || Word <- Words]])]),
    serve();
greet({failed, Failure}) ->
    say("failed ~0tp", [Failure]).

word(Number) when is_integer(Number) -> integer_to_list(Number);
word(Octets) -> base64:encode(Octets).

serve() ->
    case io:get_line("") of
        eof ->
            ok;
        "connections\n" ->
            Users = megaco:system_info(users),
            Peers = [element(3, Handle) || User <- Users, Handle <- megaco:user_info(User, connections)],
            say("~s", [lists:join(" ", [base64:encode(mid_text(Mid)) || Mid <- Peers])]),
            serve()
    end.

text(Version, Mid, Replies) ->
    written(Version, Mid, {transactionReply, {'TransactionReply', 1, asn1_NOVALUE, {actionReplies, Replies}}}).

%% The text of a message of a peer with nothing in it that matters
mid_text(Mid) ->
    written(1, Mid, {transactionPending, {'TransactionPending', 1}}).

written(Version, Mid, Transaction) ->
    Message = {'MegacoMessage', asn1_NOVALUE, {'Message', Version, Mid, {transactions, [Transaction]}}},
    {ok, Text} = megaco_pretty_text_encoder:encode_message([], Version, Message),
    Text.

say(Form, Words) ->
    io:format(Form ++ "~n", Words).
