using System.CommandLine;
using LlamaGate.Application.Abstractions;

namespace LlamaGate.Api.CommandLine.Keys;

/// <summary><c>llamagate keys rotate</c>: a new secret for a key.</summary>
internal static class RotateKeyCommand
{
    private const string Notes = """
        The last line of stdout is the new key. It is shown only once and not stored. The old key stays valid until --finish,
        so that you can switch programs one by one. With --drop-old it is invalid at once.
        """ + "\n" + KeysCommand.Notes;

    public static Command Create(KeysFileChoice source)
    {
        var id = KeysCommand.CreateId();
        var keep = new Option<bool>("--keep-old") { Description = "The newest old key stays valid (default)" };
        var drop = new Option<bool>("--drop-old") { Description = "All old keys become invalid at once" };
        var finish = new Option<bool>("--finish") { Description = "Create no new key; all keys except the newest become invalid" };
        var command = new NotedCommand("rotate", "Give a key a new secret and print it", Notes) { id, keep, drop, finish };
        command.Validators.Add(result =>
        {
            if (new[] { keep, drop, finish }.Count(result.GetValue) > 1)
            {
                result.AddError("Use only one of --keep-old, --drop-old and --finish.");
            }
        });
        command.SetAction((parsed, cancellationToken) => source.RunAsync(parsed, (file, streams) => parsed.GetValue(finish)
            ? FinishAsync(file, parsed.GetRequiredValue(id), streams, cancellationToken)
            : RotateAsync(
                file, parsed.GetRequiredValue(id), !parsed.GetValue(drop), source.RepeatedOption(parsed), streams, cancellationToken)));
        return command;
    }

    private static async Task<int> RotateAsync(
        KeysFileOptions file, string id, bool keepsOld, string fileOption, InvocationConfiguration streams, CancellationToken cancellationToken)
    {
        await GatewayHost.KeysFile.RotateAsync(file, id, keepsOld, streams.Output.WriteLineAsync, cancellationToken);
        var old = keepsOld
            ? $"The old key stays valid until you run: llamagate keys rotate {id} --finish{fileOption}"
            : "The old key is no longer valid.";
        await streams.Error.WriteLineAsync($"{id} has a new key, which is not shown again. {old}".AsMemory(), cancellationToken);
        return 0;
    }

    private static async Task<int> FinishAsync(
        KeysFileOptions file, string id, InvocationConfiguration streams, CancellationToken cancellationToken)
    {
        var dropped = await GatewayHost.KeysFile.FinishRotationAsync(file, id, cancellationToken);
        var text = dropped == 0 ? $"{id} has only one key; nothing was changed." : $"The old key of {id} is no longer valid.";
        await streams.Error.WriteLineAsync(text.AsMemory(), cancellationToken);
        return 0;
    }
}
