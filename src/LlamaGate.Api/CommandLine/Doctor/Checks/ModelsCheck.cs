using LlamaGate.Api.CommandLine.Doctor.Upstream;
using LlamaGate.Domain.Models;

namespace LlamaGate.Api.CommandLine.Doctor.Checks;

/// <summary>Which models are available? Later checks use the smallest local chat model.</summary>
internal sealed class ModelsCheck : IDiagnosis
{
    private const string Completion = "completion";

    public string Name => "models";

    public TimeSpan Limit => TimeSpan.FromSeconds(20);

    public bool IsPerHost => true;

    public Needs Needs => Needs.Configuration | Needs.Ollama;

    public async Task<Finding> RunAsync(DiagnosisContext context, CancellationToken cancellationToken)
    {
        var models = await context.Ollama.ListInstalledAsync(cancellationToken);
        context.Host.Models = models;
        if (models.Count == 0)
        {
            return new Finding(Severity.Error, "Ollama has no models.", Advice: "Pull one, for example: ollama pull llama3.2");
        }

        context.Model = await FindSmallestAsync(context.Ollama, models, cancellationToken);
        var names = string.Join(", ", models.Select(model => model.Name).Order(StringComparer.Ordinal));
        // With several hosts, a name may be right although this one does not have the model.
        var isOnly = context.Hosts.Count == 1;
        if (isOnly && DanglingAliases(context, models) is { Count: > 0 } dangling)
        {
            return new Finding(
                Severity.Warning, $"MODEL_ALIASES names models that Ollama does not have: {string.Join(", ", dangling)}.",
                $"Ollama has: {names}", "Pull them with ollama pull, or correct MODEL_ALIASES.");
        }

        if (isOnly && UnusedPatterns(context, models) is ({ } setting, { } unused))
        {
            return new Finding(
                Severity.Warning, $"{setting} has patterns that no model matches: {unused}.",
                $"Ollama has: {names}", $"Correct {setting}; in a pattern * stands for any characters.");
        }

        return context.Model is { } model
            ? new Finding(Severity.Ok, $"Ollama has {models.Count} models.", $"{names}\nMeasurements use the smallest model that can chat: {model.Name} ({Figures.OfBytes(model.Size)})")
            : new Finding(Severity.Warning, "Ollama has no local model that can chat.", names, "Pull one, for example: ollama pull llama3.2");
    }

    /// <summary>A model in Ollama's cloud says nothing about this machine, and may cost money.</summary>
    private static async Task<InstalledModel?> FindSmallestAsync(
        OllamaProbe ollama, IReadOnlyList<InstalledModel> models, CancellationToken cancellationToken)
    {
        foreach (var model in models.Where(model => string.IsNullOrEmpty(model.RemoteHost)).OrderBy(model => model.Size))
        {
            var capabilities = model.Capabilities
                ?? (await ollama.DescribeAsync(model.Name, cancellationToken)).Capabilities
                ?? [Completion];
            if (capabilities.Contains(Completion, StringComparer.Ordinal))
            {
                return model;
            }
        }

        return null;
    }

    /// <summary>The first setting with such patterns; null when all are used.</summary>
    internal static (string Setting, string Patterns)? UnusedPatterns(DiagnosisContext context, IReadOnlyList<InstalledModel> models)
    {
        var names = models.Select(model => model.Name).Concat(context.Settings.ModelAliases.Names).ToList();
        foreach (var (setting, options) in context.ModelOptions)
        {
            var unused = options.Patterns.Where(pattern => !names.Any(name => ModelPattern.Matches(pattern, name))).ToList();
            if (unused.Count > 0)
            {
                return (setting, string.Join(", ", unused));
            }
        }

        return null;
    }

    internal static List<string> DanglingAliases(DiagnosisContext context, IReadOnlyList<InstalledModel> models)
    {
        var installed = models.Select(model => ModelName.Key(model.Name)).ToHashSet(StringComparer.Ordinal);
        var aliases = context.Settings.ModelAliases.Pairs.ToList();
        return
        [
            .. aliases.Select(pair => pair.Value).Distinct(StringComparer.Ordinal)
                .Where(target => !installed.Contains(ModelName.Key(target))
                    && !aliases.Any(pair => pair.Key.Equals(target, StringComparison.OrdinalIgnoreCase)))
                .Order(StringComparer.Ordinal),
        ];
    }
}
