using System.CommandLine;

namespace LlamaGate.Api.CommandLine.Keys;

/// <summary><c>llamagate keys</c>: the commands for a keys file.</summary>
internal static class KeysCommand
{
    /// <summary>What all of them have in common, for their help.</summary>
    public const string Notes = """
        The file is the one in --file, otherwise in KEYS_FILE. It contains no keys, only their SHA-256. A running gateway applies changes within
        two seconds. A file that users other than its owner can read is refused, unless KEYS_FILE_MODE is open.
        Exit codes: 0 success, 1 failure (one line for each reason on stderr), 2 the command line is not valid.
        """;

    public static Command Create(Option<string?> config)
    {
        var file = new Option<string?>("--file")
        {
            Description = "The keys file [default: KEYS_FILE]",
            HelpName = "file",
            Recursive = true,
        };
        var source = new KeysFileChoice(config, file);
        var command = new NotedCommand("keys", "Manage the keys of people and services", Notes) { file };
        command.Add(AddKeyCommand.Create(source));
        command.Add(ListKeysCommand.Create(source, config));
        command.Add(RotateKeyCommand.Create(source));
        command.Add(RevokeKeyCommand.Create(source));
        return command;
    }

    /// <summary>The argument of the commands for one key.</summary>
    public static Argument<string> CreateId() => new("id") { Description = "The key's id: letters, digits and - _ . @" };
}
