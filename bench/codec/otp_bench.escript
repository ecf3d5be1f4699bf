#!/usr/bin/env escript
%% Erlang/OTP's megaco, timed. Greets with its releases on a line, or with "missing" and what; then reads a command a
%% line from standard input and answers each with a line:
%%
%%   messages FOLDER        write OTP's measurement messages to FOLDER/NAME.h248; answer their number, or "missing"
%%   use FOLDER             take the messages named in FOLDER/names; answer the names of those that OTP reads with both
%%                          scanners and writes in both texts and in binary
%%   octets                 mean octets of the originals and of OTP's pretty and compact texts and binary
%%   time KIND SCANNER MS   repeat a KIND (pretty-decode ...) for so many ms; answer microseconds a message
%%
%% Binary has no scanner. binary-decode tells OTP the version of each message, as OTP's own measurement tool does, which
%% finds it before the clock starts; binary-decode-untold has OTP find it, by decoding with the ASN.1 module of version 1,
%% and of the later ones where that fails. decode_message without a version would not do: it takes version 1 for granted.
-mode(compile).

main([]) ->
    case code:lib_dir(megaco) of
        {error, _} ->
            io:format("missing megaco~n");
        Folder ->
            Machine = [erlang:system_info(otp_release), erlang:system_info(emu_flavor), filename:basename(Folder)],
            io:format("OTP ~s (~s), ~s~n", Machine),
            serve(#{"flex" => [{flex, flex_scanner()}], "plain" => []}, [])
    end.

flex_scanner() ->
    case megaco_flex_scanner:start() of
        {ok, Port} -> Port;
        Port -> Port
    end.

serve(Scanners, Messages) ->
    case io:get_line("") of
        eof ->
            ok;
        Line ->
            {Answer, Next} = perform(string:lexemes(string:trim(Line), " "), Scanners, Messages),
            io:format("~ts~n", [Answer]),
            serve(Scanners, Next)
    end.

perform(["messages", Folder], _, Messages) ->
    {write_messages(Folder), Messages};
perform(["use", Folder], Scanners, _) ->
    {ok, Names} = file:read_file(filename:join(Folder, "names")),
    Read = [message(Folder, binary_to_list(Name), Scanners) || Name <- binary:split(Names, <<"\n">>, [global, trim])],
    Messages = lists:append(Read),
    {lists:join(" ", [Name || {Name, _, _} <- Messages]), Messages};
perform(["octets"], _, Messages) ->
    Means = [mean_octets(Text, Messages) || Text <- [original, pretty, compact, binary]],
    {io_lib:format("~w ~w ~w ~w", Means), Messages};
perform(["time", Kind, Scanner, Milliseconds], Scanners, Messages) ->
    Work = work(Kind, maps:get(Scanner, Scanners), Messages),
    {io_lib:format("~.3f", [repeat(Work, list_to_integer(Milliseconds)) / length(Messages)]), Messages}.

write_messages(Folder) ->
    case file:consult(filename:join([code:lib_dir(megaco), "examples", "meas", "time_test.msgs"])) of
        {ok, [{pretty, Messages}]} ->
            [ok = file:write_file(filename:join(Folder, atom_to_list(Name) ++ ".h248"), Text)
             || {Name, Text} <- Messages],
            integer_to_list(length(Messages));
        {error, Reason} ->
            ["missing measurement messages: ", file:format_error(Reason)]
    end.

%% A message as name, term and texts; none where OTP cannot read or write it
message(Folder, Name, Scanners) ->
    {ok, Original} = file:read_file(filename:join(Folder, Name ++ ".h248")),
    try
        [Term | _] = [decoded(pretty, Scanner, Original) || Scanner <- maps:values(Scanners)],
        Pretty = encoded(pretty, Term),
        Compact = encoded(compact, Term),
        [decoded(compact, Scanner, Compact) || Scanner <- maps:values(Scanners)],
        Binary = encoded(binary, Term),
        {ok, _} = megaco_ber_encoder:decode_message([], version(Term), Binary),
        [{Name, Term, #{original => Original, pretty => Pretty, compact => Compact, binary => Binary}}]
    catch
        error:_ -> []
    end.

decoded(Text, Scanner, Octets) ->
    {ok, Term} = (encoder(Text)):decode_message(Scanner, Octets),
    Term.

encoded(Text, Term) ->
    {ok, Octets} = (encoder(Text)):encode_message([], Term),
    Octets.

encoder(pretty) -> megaco_pretty_text_encoder;
encoder(compact) -> megaco_compact_text_encoder;
encoder(binary) -> megaco_ber_encoder.

%% MegacoMessage, mess, version
version(Term) -> element(2, element(3, Term)).

mean_octets(Text, Messages) ->
    round(lists:sum([byte_size(maps:get(Text, Texts)) || {_, _, Texts} <- Messages]) / length(Messages)).

%% Timing

work("pretty-decode", Scanner, Messages) -> decoding(megaco_pretty_text_encoder, Scanner, texts(original, Messages));
work("compact-decode", Scanner, Messages) -> decoding(megaco_compact_text_encoder, Scanner, texts(compact, Messages));
work("pretty-encode", _, Messages) -> encoding(megaco_pretty_text_encoder, Messages);
work("compact-encode", _, Messages) -> encoding(megaco_compact_text_encoder, Messages);
work("binary-decode", _, Messages) -> binary_decoding([{version(Term), Binary}
                                                       || {_, Term, #{binary := Binary}} <- Messages]);
work("binary-decode-untold", _, Messages) -> binary_decoding(texts(binary, Messages));
work("binary-encode", _, Messages) -> encoding(megaco_ber_encoder, Messages).

texts(Text, Messages) -> [maps:get(Text, Texts) || {_, _, Texts} <- Messages].

decoding(Module, Scanner, Texts) ->
    fun() -> lists:foreach(fun(Text) -> {ok, _} = Module:decode_message(Scanner, Text) end, Texts) end.

binary_decoding(Messages) ->
    fun() -> lists:foreach(fun decode_binary/1, Messages) end.

decode_binary({Version, Binary}) ->
    {ok, _} = megaco_ber_encoder:decode_message([], Version, Binary);
decode_binary(Binary) ->
    {ok, Version} = megaco_ber_encoder:version_of([], Binary),
    decode_binary({Version, Binary}).

encoding(Module, Messages) ->
    fun() -> lists:foreach(fun({_, Term, _}) -> {ok, _} = Module:encode_message([], Term) end, Messages) end.

%% Microseconds of one piece of work, the mean of as many as fill the time; one before the clock starts
repeat(Work, Milliseconds) ->
    Work(),
    Start = erlang:monotonic_time(microsecond),
    repeat(Work, Start, Start + Milliseconds * 1000, 0).

repeat(Work, Start, End, Times) ->
    case erlang:monotonic_time(microsecond) of
        Now when Now >= End, Times > 0 -> (Now - Start) / Times;
        _ -> Work(), repeat(Work, Start, End, Times + 1)
    end.
