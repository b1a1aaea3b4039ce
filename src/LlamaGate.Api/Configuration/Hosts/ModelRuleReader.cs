using System.Text.Json;
using LlamaGate.Api.Configuration.Files;

namespace LlamaGate.Api.Configuration.Hosts;

/// <summary>Reads a member of <c>models</c> in HOSTS_FILE.</summary>
internal static class ModelRuleReader
{
    /// <summary>In tokens.</summary>
    public const int MaxContext = 16_777_216;

    public static IReadOnlyList<string> Members { get; } = ["num_ctx", "max_ctx", "slots", "keep_alive", "options"];

    public static ConfiguredModel Read(string pattern, LocatedJson json, List<FileFault> faults)
    {
        var rule = new LocatedObject(json, Members, faults);
        var options = ReadOptions(rule);
        var context = rule.Integer("num_ctx", 1, MaxContext);
        var max = rule.Integer("max_ctx", 1, MaxContext);
        if (context is not null && !options.TryAdd("num_ctx", rule.Find("num_ctx")!.ToElement()))
        {
            rule.Refuse("options", "has num_ctx, and so has the rule; remove one");
        }

        if (max < context)
        {
            rule.Refuse("max_ctx", $"must not be less than num_ctx ({context})");
        }

        if (ReadKeepAlive(rule) is { } keepAlive)
        {
            options["keep_alive"] = keepAlive;
        }

        var slots = rule.Integer("slots", 1, SchedulerVariables.MaxSlots);
        return new ConfiguredModel(pattern, options, LoadRules.ToRule(options) with { MaxContext = max, Slots = slots });
    }

    private static Dictionary<string, JsonElement> ReadOptions(LocatedObject rule)
    {
        var options = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (rule.Find("options") is not { } value)
        {
            return options;
        }

        if (value.Kind is not JsonValueKind.Object)
        {
            rule.Refuse(value, "must be an object of Ollama's options");
        }

        foreach (var (name, option) in value.Members)
        {
            if (name is "keep_alive" or "max_ctx" or "slots")
            {
                rule.Refuse(option, "is not an option; put it next to options");
            }
            else if (ModelOptionsText.FindFault(name, option.ToElement()) is { } fault)
            {
                rule.Refuse(option, fault);
            }
            else
            {
                options[name] = option.ToElement();
            }
        }

        return options;
    }

    private static JsonElement? ReadKeepAlive(LocatedObject rule)
    {
        const string Name = "keep_alive";
        if (rule.Find(Name)?.ToElement() is not { } value)
        {
            return null;
        }

        if (ModelOptionsText.IsKeepAlive(value))
        {
            return value;
        }

        rule.Refuse(Name, ModelOptionsText.KeepAliveFault);
        return null;
    }
}
