using System.CommandLine;
using LlamaGate.Application.Abstractions;

namespace LlamaGate.Api.CommandLine.Keys;

/// <summary><c>llamagate keys revoke</c>: removes a key.</summary>
internal static class RevokeKeyCommand
{
    private const string Notes = """
        New requests with the key get 401; running ones finish. To disable a key temporarily, set
        "disabled": true in the file instead.
        """ + "\n" + KeysCommand.Notes;

    public static Command Create(KeysFileChoice source)
    {
        var id = KeysCommand.CreateId();
        var command = new NotedCommand("revoke", "Remove a key", Notes) { id };
        command.SetAction((parsed, cancellationToken) => source.RunAsync(
            parsed, (file, streams) => RevokeAsync(file, parsed.GetRequiredValue(id), streams, cancellationToken)));
        return command;
    }

    private static async Task<int> RevokeAsync(
        KeysFileOptions file, string id, InvocationConfiguration streams, CancellationToken cancellationToken)
    {
        await GatewayHost.KeysFile.RevokeAsync(file, id, cancellationToken);
        await streams.Error.WriteLineAsync($"{id} was removed from {file.Path}.".AsMemory(), cancellationToken);
        return 0;
    }
}
