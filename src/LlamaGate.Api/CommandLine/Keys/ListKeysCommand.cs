using System.CommandLine;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Api.CommandLine.Keys;

/// <summary><c>llamagate keys list</c>: which keys there are and what they may do. Shows no hash.</summary>
internal static class ListKeysCommand
{
    private const int Gap = 2;

    private const string Notes = """
        "last used" is empty until the gateway keeps accounts.
        """ + "\n" + KeysCommand.Notes;

    private static readonly string[] Titles = ["id", "created", "last used", "policy"];

    public static Command Create(KeysFileChoice source)
    {
        var json = new Option<bool>("--json") { Description = "Print one JSON object for scripts" };
        var command = new NotedCommand("list", "Show the keys and what they may do", Notes) { json };
        command.SetAction((parsed, cancellationToken) => source.RunAsync(
            parsed, (file, streams) => ListAsync(file, parsed.GetValue(json), streams, cancellationToken)));
        return command;
    }

    private static async Task<int> ListAsync(
        KeysFileOptions file, bool json, InvocationConfiguration streams, CancellationToken cancellationToken)
    {
        var reading = GatewayHost.KeysFile.Read(file);
        if (reading.Faults.Count > 0)
        {
            throw new KeysFileException([.. reading.Faults.Select(fault => fault.Describe(file.Path))]);
        }

        if (json)
        {
            await streams.Output.WriteLineAsync(KeyListJson.Write(reading.Keys).AsMemory(), cancellationToken);
            return 0;
        }

        var rows = reading.Keys.Select(ToRow).Prepend(Titles).ToList();
        var widths = Enumerable.Range(0, Titles.Length).Select(column => rows.Max(row => row[column].Length) + Gap).ToList();
        foreach (var row in rows)
        {
            var line = string.Concat(row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd();
            await streams.Output.WriteLineAsync(line.AsMemory(), cancellationToken);
        }

        return 0;
    }

    private static string[] ToRow(KeyEntry key) => [key.Id, key.Created is { } time ? KeyPolicyText.DayOf(time) : "", "", KeyPolicyText.Of(key)];
}
