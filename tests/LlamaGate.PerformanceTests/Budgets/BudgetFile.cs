using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LlamaGate.PerformanceTests.Budgets;

/// <summary><c>budgets.json</c>: for each hot path its budgets, the one that holds last.</summary>
internal sealed class BudgetFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Dictionary<string, List<Budget>> _histories;

    private BudgetFile(Dictionary<string, List<Budget>> histories) => _histories = histories;

    public static string DefaultPath { get; } = Find();

    public IReadOnlyCollection<string> Names => _histories.Keys;

    public static BudgetFile Read(string path) =>
        new(JsonSerializer.Deserialize<Dictionary<string, List<Budget>>>(File.ReadAllBytes(path), Json) ?? []);

    public Budget? Find(string name) => _histories.GetValueOrDefault(name)?[^1];

    public void Add(string name, Budget budget)
    {
        if (!_histories.TryGetValue(name, out var history))
        {
            _histories.Add(name, history = []);
        }

        history.Add(budget);
    }

    /// <summary>One line for each budget, so that a diff shows what changed.</summary>
    public void Write(string path)
    {
        var text = new StringBuilder("{\n");
        foreach (var (name, history) in _histories)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {JsonSerializer.Serialize(name, Json)}: [\n    ");
            text.AppendJoin(",\n    ", history.Select(budget => JsonSerializer.Serialize(budget, Json)));
            text.Append("\n  ],\n");
        }

        text.Length -= ",\n".Length;
        File.WriteAllText(path, text.Append("\n}\n").ToString());
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LlamaGate.sln")))
            {
                return Path.Combine(folder.FullName, "tests", "LlamaGate.PerformanceTests", "budgets.json");
            }
        }

        throw new InvalidOperationException("The tests run outside of the repository: no LlamaGate.sln above them.");
    }
}
