#!/usr/bin/env escript
%% Erlang/OTP's megaco as a judge of messages. Greets with its releases on a line, or with "missing" and what; then
%% reads a command a line from standard input and answers each with a line:
%%
%%   messages FOLDER  write OTP's measurement messages to FOLDER/NAME.h248; answer their number, or "missing" and what
%%   judge FOLDER     read FOLDER/NAME.original, .pretty and .compact of every name, write FOLDER/findings
%%
%% A finding is a line of judge, name, text and what is found, tabs between them: that a text is refused, or a place
%% where OTP reads another term from a written text than from the original. No line: OTP agrees.
-mode(compile).

main([]) ->
    case code:lib_dir(megaco) of
        {error, _} ->
            io:format("missing megaco~n");
        Folder ->
            io:format("OTP ~s ~s~n", [erlang:system_info(otp_release), filename:basename(Folder)]),
            serve([{"otp-flex", [{flex, flex_scanner()}]}, {"otp-plain", []}])
    end.

flex_scanner() ->
    case megaco_flex_scanner:start() of
        {ok, Port} -> Port;
        Port -> Port
    end.

serve(Judges) ->
    case io:get_line("") of
        eof ->
            ok;
        Line ->
            io:format("~ts~n", [perform(string:split(string:trim(Line), " "), Judges)]),
            serve(Judges)
    end.

perform(["messages", Folder], _) -> write_messages(Folder);
perform(["judge", Folder], Judges) -> judge(Folder, Judges).

%% Measurement messages

write_messages(Folder) ->
    case file:consult(filename:join([code:lib_dir(megaco), "examples", "meas", "time_test.msgs"])) of
        {ok, [{pretty, Messages}]} ->
            [ok = file:write_file(filename:join(Folder, atom_to_list(Name) ++ ".h248"), Text)
             || {Name, Text} <- Messages],
            integer_to_list(length(Messages));
        {error, Reason} ->
            ["missing measurement messages: ", file:format_error(Reason)]
    end.

%% Judging

judge(Folder, Judges) ->
    Originals = filelib:wildcard(filename:join(Folder, "**/*.original")),
    Names = [string:prefix(filename:rootname(Path), Folder ++ "/") || Path <- Originals],
    Findings = [[lists:join("\t", [Judge, Name, Text, What]), "\n"]
                || {Judge, Configuration} <- Judges,
                   Name <- Names,
                   {Text, What} <- findings(Configuration, filename:join(Folder, Name))],
    ok = file:write_file(filename:join(Folder, "findings"), unicode:characters_to_binary(Findings)),
    integer_to_list(length(Names)).

findings(Configuration, Base) ->
    Original = read(megaco_pretty_text_encoder, Configuration, Base ++ ".original"),
    Pretty = read(megaco_pretty_text_encoder, Configuration, Base ++ ".pretty"),
    Compact = read(megaco_compact_text_encoder, Configuration, Base ++ ".compact"),
    [{"original", What} || What <- compare(Original, Original)] ++
        [{"pretty", What} || What <- compare(Original, Pretty)] ++
        [{"compact", What} || What <- compare(Original, Compact)].

read(Module, Configuration, Path) ->
    {ok, Text} = file:read_file(Path),
    try
        Module:decode_message(Configuration, Text)
    catch
        Class:Reason -> {error, {Class, Reason}}
    end.

compare(_, {error, Reason}) -> ["refuses: " ++ reason(Reason)];
compare({error, _}, {ok, _}) -> [];
compare({ok, Original}, {ok, Written}) -> differences(Original, Written).

%% Of the scanners' and parsers' long reasons the part that says where and what
reason([{reason, Reason} | _]) -> one_line(Reason);
reason(Reason) -> one_line(Reason).

%% The innermost places where two terms part
differences(Term, Term) ->
    [];
differences(One, Other) when is_tuple(One), is_tuple(Other), tuple_size(One) =:= tuple_size(Other) ->
    differences_in_lists(tuple_to_list(One), tuple_to_list(Other));
differences(One, Other) when is_list(One), is_list(Other), length(One) =:= length(Other) ->
    case io_lib:printable_list(One) of
        true -> [difference(One, Other)];
        false -> differences_in_lists(One, Other)
    end;
differences(One, Other) ->
    [difference(One, Other)].

differences_in_lists(Ones, Others) ->
    lists:append(lists:zipwith(fun differences/2, Ones, Others)).

difference(One, Other) -> one_line(One) ++ " became " ++ one_line(Other).

one_line(Term) -> string:slice(lists:flatten(io_lib:format("~0tp", [Term])), 0, 300).
