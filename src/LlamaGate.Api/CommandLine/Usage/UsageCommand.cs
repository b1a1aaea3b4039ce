using System.CommandLine;
using System.Text.Json;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Accounts.Contracts;

namespace LlamaGate.Api.CommandLine.Usage;

/// <summary><c>llamagate usage</c>: sums up the accounts in DATA_DIR, also while a gateway writes to them.</summary>
internal static class UsageCommand
{
    private const string Notes = """
        It reads the file in DATA_DIR; records of the last quarter of a second may be missing while the gateway runs. Days are UTC days.
        GPU seconds are the time for loading, prompt and answer; device seconds are the host's busy time, divided among concurrent calls.
        Exit codes: 0 success, 1 the accounts cannot be read (one line on stderr), 2 the command line is not valid.
        """;

    public static Command Create(Option<string?> config)
    {
        var from = new Option<string?>("--from") { Description = "First day, for example 2026-11-01 [default: 29 days before --to]", HelpName = "day" };
        var to = new Option<string?>("--to") { Description = "Last day [default: today]", HelpName = "day" };
        var by = new Option<string?>("--by") { Description = "One row for each key, user, model, host or day [default: key]", HelpName = "key|user|model|host|day" };
        var format = new Option<string?>("--format") { Description = "Output format [default: table]", HelpName = "table|json|csv" };
        var directory = DataDirectoryChoice.CreateOption();
        var command = new NotedCommand("usage", "Show who used how much", Notes) { from, to, by, format, directory };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var streams = parsed.InvocationConfiguration;
            var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
            var query = UsageQueryText.Parse(parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(by), today, out var fault);
            var complaint = fault is not null ? $"--{fault.Field} {fault.Message}"
                : FormatOf(parsed.GetValue(format)) is null ? "--format must be table, json or csv"
                : null;
            if (query is null || complaint is not null)
            {
                await streams.Error.WriteLineAsync(complaint.AsMemory(), cancellationToken);
                return GatewayCommand.UsageError;
            }

            try
            {
                var rows = await DataDirectoryChoice.Open(parsed, config, directory).ListAsync(query, cancellationToken);
                await streams.Output.WriteAsync(FormatOf(parsed.GetValue(format))!(new UsageReport(query, rows)).AsMemory(), cancellationToken);
                return 0;
            }
            catch (UsageStoreException exception)
            {
                await streams.Error.WriteLineAsync(exception.Message.AsMemory(), cancellationToken);
                return GatewayCommand.Failure;
            }
        });
        return command;
    }

    private static Func<UsageReport, string>? FormatOf(string? name) => name switch
    {
        null or "table" => UsageTable.Write,
        "json" => static report => JsonSerializer.Serialize(report, UsageJsonContext.Default.UsageReport) + Environment.NewLine,
        "csv" => UsageCsv.Write,
        _ => null,
    };
}
