using System.CommandLine;
using LlamaGate.Api.CommandLine.Usage;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Api.CommandLine.Keys;

/// <summary><c>llamagate keys list</c>: which keys there are and what they may do. Shows no hash.</summary>
internal static class ListKeysCommand
{
    private const int Gap = 2;

    private const string Notes = """
        "last used" comes from the accounts in DATA_DIR, and is empty without them.
        """ + "\n" + KeysCommand.Notes;

    private static readonly string[] Titles = ["id", "created", "last used", "policy"];

    public static Command Create(KeysFileChoice source, Option<string?> config)
    {
        var json = new Option<bool>("--json") { Description = "Print one JSON object for scripts" };
        var command = new NotedCommand("list", "List the keys and their rights", Notes) { json };
        command.SetAction((parsed, cancellationToken) => source.RunAsync(
            parsed, (file, streams) => ListAsync(file, parsed.GetValue(config), parsed.GetValue(json), streams, cancellationToken)));
        return command;
    }

    private static async Task<int> ListAsync(
        KeysFileOptions file, string? config, bool json, InvocationConfiguration streams, CancellationToken cancellationToken)
    {
        var reading = GatewayHost.KeysFile.Read(file);
        if (reading.Faults.Count > 0)
        {
            throw new KeysFileException([.. reading.Faults.Select(fault => fault.Describe(file.Path))]);
        }

        var uses = await ListUsesAsync(config, streams, cancellationToken);
        if (json)
        {
            await streams.Output.WriteLineAsync(KeyListJson.Write(reading.Keys, uses).AsMemory(), cancellationToken);
            return 0;
        }

        var rows = reading.Keys.Select(key => ToRow(key, uses)).Prepend(Titles).ToList();
        var widths = Enumerable.Range(0, Titles.Length).Select(column => rows.Max(row => row[column].Length) + Gap).ToList();
        foreach (var row in rows)
        {
            var line = string.Concat(row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd();
            await streams.Output.WriteLineAsync(line.AsMemory(), cancellationToken);
        }

        return 0;
    }

    /// <summary>Accounts that cannot be read do not hide the keys.</summary>
    private static async Task<IReadOnlyDictionary<string, DateTimeOffset>> ListUsesAsync(
        string? config, InvocationConfiguration streams, CancellationToken cancellationToken)
    {
        if (DataDirectoryChoice.Find(config) is { Length: > 0 } directory)
        {
            try
            {
                return await GatewayHost.ReadAccounts(Path.GetFullPath(directory)).ListLastUsesAsync(cancellationToken);
            }
            catch (UsageStoreException exception)
            {
                await streams.Error.WriteLineAsync($"warning: {exception.Message}".AsMemory(), cancellationToken);
            }
        }

        return new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
    }

    private static string[] ToRow(KeyEntry key, IReadOnlyDictionary<string, DateTimeOffset> uses) =>
    [
        key.Id,
        key.Created is { } time ? KeyPolicyText.DayOf(time) : "",
        uses.TryGetValue(key.Id, out var used) ? KeyPolicyText.DayOf(used) : "",
        KeyPolicyText.Of(key),
    ];
}
