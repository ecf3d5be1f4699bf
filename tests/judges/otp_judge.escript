#!/usr/bin/env escript
%% Erlang/OTP's megaco as a judge of messages. Greets with its releases on a line, or with "missing" and what; then
%% reads a command a line from standard input and answers each with a line:
%%
%%   messages FOLDER  write OTP's measurement messages to FOLDER/NAME.h248; answer their number, or "missing" and what
%%   judge FOLDER     read FOLDER/NAME.original, .pretty and .compact of every name, write FOLDER/findings
%%   recode FOLDER    decode FOLDER/NAME.ber with the ASN.1 module of its version alone, encode it again to NAME.otp
%%   to-ber FOLDER    write FOLDER/NAME.h248 in binary to NAME.ber
%%   from-ber FOLDER  write FOLDER/NAME.ber as pretty text to NAME.txt
%%
%% A finding of judge is a line of judge, name, text and what is found, tabs between them: that a text is refused, or a
%% place where OTP reads another term from a written text than from the original, or, where OTP refuses the original,
%% from compact than from pretty. White space and comments in digit maps do not count: OTP has them in its terms, but
%% Annex B means nothing by them. No line: OTP agrees.
%%
%% The last three write a line of name and reason to FOLDER/findings for every message that nothing came of. They answer
%% the number of messages. In binary OTP has values as they stand in text, without the tag and length that the standard
%% puts around them, and takes three octets for a termination: 11111111/00000000/11111111, *, $ or ROOT in text.
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
perform(["judge", Folder], Judges) -> judge(Folder, Judges);
perform(["recode", Folder], _) -> convert(Folder, ".ber", ".otp", fun recoded/1);
perform(["to-ber", Folder], _) -> convert(Folder, ".h248", ".ber", fun in_binary/1);
perform(["from-ber", Folder], _) -> convert(Folder, ".ber", ".txt", fun in_text/1).

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
    Names = names(Folder, ".original"),
    Findings = [[lists:join("\t", [Judge, Name, Text, What]), "\n"]
                || {Judge, Configuration} <- Judges,
                   Name <- Names,
                   {Text, What} <- findings(Configuration, filename:join(Folder, Name))],
    ok = write_findings(Folder, Findings),
    integer_to_list(length(Names)).

names(Folder, Suffix) ->
    Paths = filelib:wildcard(filename:join(Folder, "**/*" ++ Suffix)),
    [string:prefix(filename:rootname(Path, Suffix), Folder ++ "/") || Path <- Paths].

write_findings(Folder, Findings) ->
    file:write_file(filename:join(Folder, "findings"), unicode:characters_to_binary(Findings)).

findings(Configuration, Base) ->
    Original = read(megaco_pretty_text_encoder, Configuration, Base ++ ".original"),
    Pretty = read(megaco_pretty_text_encoder, Configuration, Base ++ ".pretty"),
    Compact = read(megaco_compact_text_encoder, Configuration, Base ++ ".compact"),
    [{"original", What} || What <- compare(Original, Original)] ++
        [{"pretty", What} || What <- compare(Original, Pretty)] ++
        [{"compact", What} || What <- compare(first_read([Original, Pretty]), Compact)].

first_read([{error, _}, Other]) -> Other;
first_read([Read, _]) -> Read.

read(Module, Configuration, Path) ->
    {ok, Text} = file:read_file(Path),
    try Module:decode_message(Configuration, Text) of
        {ok, Term} -> {ok, packed(Term)};
        Refusal -> Refusal
    catch
        Class:Reason -> {error, {Class, Reason}}
    end.

%% A term without white space and comments in its digit maps
packed(Term) when is_tuple(Term), element(1, Term) =:= 'DigitMapValue' ->
    list_to_tuple([packed_map(Part) || Part <- tuple_to_list(Term)]);
packed(Term) when is_tuple(Term) -> list_to_tuple(packed(tuple_to_list(Term)));
packed([Head | Tail]) -> [packed(Head) | packed(Tail)];
packed(Term) -> Term.

packed_map(Map) when is_list(Map) -> re:replace(Map, "\\s|;[^\r\n]*", "", [global, {return, list}]);
packed_map(Timer) -> Timer.

compare(_, {error, Reason}) -> ["refuses: " ++ reason(Reason)];
compare({error, _}, {ok, _}) -> [];
compare({ok, Original}, {ok, Written}) -> differences(Original, Written).

%% Of the long reasons of scanners, parsers and ASN.1 the part that says where and what
reason([{reason, Reason} | _]) -> one_line(Reason);
reason([{reason, Reason, _} | _]) -> one_line(Reason);
reason({decode_failed, Reasons}) -> reason(lists:last(Reasons));
reason({error, Reason}) -> reason(Reason);
reason({asn1, {Reason, [{_, _, _, _} | _]}}) -> one_line(Reason);
reason({Reason, [{_, _, _, _} | _]}) -> one_line(Reason);
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

%% Converting

convert(Folder, From, To, Conversion) ->
    Names = names(Folder, From),
    Refusals = [[Name, "\t", Reason, "\n"]
                || Name <- Names, Reason <- converted(filename:join(Folder, Name), From, To, Conversion)],
    ok = write_findings(Folder, Refusals),
    integer_to_list(length(Names)).

converted(Base, From, To, Conversion) ->
    {ok, Octets} = file:read_file(Base ++ From),
    try
        {ok, Result} = Conversion(Octets),
        ok = file:write_file(Base ++ To, Result),
        []
    catch
        error:{badmatch, {error, Reason}} -> [reason(Reason)];
        Class:Reason -> [one_line({Class, Reason})]
    end.

recoded(Ber) ->
    Module = asn1_module(version(Ber)),
    {ok, Term} = Module:decode('MegacoMessage', Ber),
    Module:encode('MegacoMessage', Term).

in_binary(Text) ->
    {ok, Term} = megaco_pretty_text_encoder:decode_message([], Text),
    megaco_ber_encoder:encode_message([], Term).

in_text(Ber) ->
    {ok, Term} = megaco_ber_encoder:decode_message([], version(Ber), Ber),
    megaco_pretty_text_encoder:encode_message([], Term).

asn1_module(1) -> megaco_ber_media_gateway_control_v1;
asn1_module(2) -> megaco_ber_media_gateway_control_v2;
asn1_module(3) -> megaco_ber_media_gateway_control_v3.

version(Ber) ->
    {ok, Version} = megaco_ber_encoder:version_of([], Ber),
    Version.
