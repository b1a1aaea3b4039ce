using System.CommandLine;
using System.Text.Json.Nodes;
using LlamaGate.Application.Abstractions;

namespace LlamaGate.Api.CommandLine.Keys;

/// <summary><c>llamagate keys add</c>: a new key for a person or a service.</summary>
internal static class AddKeyCommand
{
    private const string Notes = """
        The last line of stdout is the new key. It is shown only once and not stored.
        If the file does not exist, it is created, readable by its owner only.
        """ + "\n" + KeysCommand.Notes;

    public static Command Create(KeysFileChoice source)
    {
        var id = KeysCommand.CreateId();
        var members = new KeyMemberOptions();
        var command = new NotedCommand("add", "Add a key and print its secret", Notes) { id };
        members.AddTo(command);
        command.SetAction((parsed, cancellationToken) => source.RunAsync(
            parsed, (file, streams) => AddAsync(file, members.Read(parsed, parsed.GetRequiredValue(id)), streams, cancellationToken)));
        return command;
    }

    private static async Task<int> AddAsync(
        KeysFileOptions file, JsonObject members, InvocationConfiguration streams, CancellationToken cancellationToken)
    {
        var faults = GatewayHost.KeysFile.Check(members);
        if (faults.Count > 0)
        {
            foreach (var fault in faults)
            {
                await streams.Error.WriteLineAsync($"{KeyMemberOptions.OptionOf(fault.Place)} {fault.Problem}");
            }

            return GatewayCommand.UsageError;
        }

        await GatewayHost.KeysFile.AddAsync(file, members, streams.Output.WriteLineAsync, cancellationToken);
        await streams.Error.WriteLineAsync(
            $"{members["id"]} was added to {file.Path}. Its key is not shown again.".AsMemory(), cancellationToken);
        return 0;
    }
}
