using System.Text.Json.Serialization;
using LlamaGate.Bench.Servers;

namespace LlamaGate.Bench.Report;

/// <summary>What one scenario has measured: the table's rows and columns, and what is below it.</summary>
internal sealed class ScenarioReport(string name, string title)
{
    public string Name => name;

    public string Title => title;

    /// <summary>In the order of the table.</summary>
    public List<ServerRow> Servers { get; init; } = [];

    public List<Figure> Figures { get; init; } = [];

    /// <summary>Figure, server, value of each round.</summary>
    public Dictionary<string, Dictionary<string, List<double>>> Values { get; init; } = new(StringComparer.Ordinal);

    /// <summary>What went wrong; a scenario with faults has proved nothing.</summary>
    public List<string> Faults { get; init; } = [];

    public void Add(Figure figure, Server server, double value)
    {
        if (!Servers.Exists(row => row.Label == server.Label))
        {
            Servers.Add(new ServerRow(server.Label, server.Kind));
        }

        if (!Values.TryGetValue(figure.Key, out var byServer))
        {
            Figures.Add(figure);
            Values[figure.Key] = byServer = new(StringComparer.Ordinal);
        }

        if (!byServer.TryGetValue(server.Label, out var rounds))
        {
            byServer[server.Label] = rounds = [];
        }

        rounds.Add(value);
    }

    /// <summary>The rounds of a server; none when it has no such figure.</summary>
    public IReadOnlyList<double> Rounds(string figure, string server) =>
        Values.TryGetValue(figure, out var byServer) && byServer.TryGetValue(server, out var rounds) ? rounds : [];

    public double Median(string figure, string server) => Ratios.Median(Rounds(figure, server));

    /// <summary>In relation to all servers of a kind, round by round; NaN when there is none.</summary>
    public double Versus(string figure, string server, ServerKind kind) => Ratios.Paired(
        Rounds(figure, server),
        Ratios.Mean([.. Servers.Where(row => row.Kind == kind).Select(row => Rounds(figure, row.Label)).Where(r => r.Count > 0)]));

    /// <summary>How far the two equal YARPs are apart; NaN when there are not two.</summary>
    public double Noise(string figure) => Servers.Where(row => row.Kind == ServerKind.Yarp).ToArray() is [var one, var same]
        ? Ratios.Spread(Rounds(figure, one.Label), Rounds(figure, same.Label))
        : double.NaN;
}

/// <summary>A row of a table.</summary>
internal sealed record ServerRow(string Label, [property: JsonConverter(typeof(JsonStringEnumConverter))] ServerKind Kind);
