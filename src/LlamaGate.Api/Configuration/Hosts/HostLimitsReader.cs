using System.Text.Json;
using LlamaGate.Api.Configuration.Files;
using LlamaGate.Domain.Models;
using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Api.Configuration.Hosts;

/// <summary>Reads what an item of <c>hosts</c> in HOSTS_FILE says about the sharing of the host.</summary>
internal static class HostLimitsReader
{
    public const string Learned = "auto";
    public const int MaxRunning = 1024;
    public const int MaxLoaded = 64;
    public const int MaxPins = 64;
    public const decimal MinVideoMemory = 0.1m;
    public const decimal MaxVideoMemory = 16_384;
    public const int MaxModelLength = 256;

    /// <summary>For <c>vram_gb</c>. A GB as on a disk is the smaller one, so what fits into it fits in any case.</summary>
    private const decimal BytesPerGb = 1_000_000_000;

    public static HostLimits Read(LocatedObject entry)
    {
        var isLearned = entry.Find("slots") is { Kind: JsonValueKind.String } slots && slots.ToElement().ValueEquals(Learned);
        var memory = entry.Decimal("vram_gb", MinVideoMemory, MaxVideoMemory);
        var limits = new HostLimits
        {
            Slots = isLearned ? null : ReadSlots(entry),
            LearnsSlots = isLearned,
            MaxRunning = entry.Integer("max_running", 1, MaxRunning),
            MaxLoaded = entry.Integer("max_loaded", 1, MaxLoaded),
            VideoMemory = (long?)(memory * BytesPerGb),
            Pinned = ReadPins(entry),
        };
        if (limits.Pinned.Count > 0 && !entry.Has("vram_gb") && !entry.Has("max_loaded"))
        {
            entry.Refuse("pin", "also needs vram_gb or max_loaded, so that the gateway knows which models fit beside the pinned ones");
        }

        if (limits.Pinned.Count > limits.MaxLoaded)
        {
            entry.Refuse("pin", $"has {limits.Pinned.Count} models, but max_loaded is {limits.MaxLoaded}");
        }

        return limits;
    }

    public static decimal ToGb(long bytes) => bytes / BytesPerGb;

    private static int? ReadSlots(LocatedObject entry)
    {
        if (entry.Find("slots") is { Kind: not JsonValueKind.Number })
        {
            entry.Refuse("slots", $"must be a whole number from 1 to {SchedulerVariables.MaxSlots}, or \"{Learned}\"");
            return null;
        }

        return entry.Integer("slots", 1, SchedulerVariables.MaxSlots);
    }

    private static List<string> ReadPins(LocatedObject entry)
    {
        var models = new List<string>();
        if (entry.Find("pin") is not { } pin)
        {
            return models;
        }

        if (pin.Kind is not JsonValueKind.Array || pin.Items.Count > MaxPins)
        {
            entry.Refuse(pin, $"must be a list of at most {MaxPins} models");
            return models;
        }

        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in pin.Items)
        {
            if (item.Kind is not JsonValueKind.String || item.ToElement().GetString() is not { Length: > 0 and <= MaxModelLength } model)
            {
                entry.Refuse(item, $"must be the name of a model, of 1 to {MaxModelLength} characters");
            }
            else if (!places.TryAdd(ModelSpellings.Key(model), item.Path))
            {
                entry.Refuse(item, $"is the same model as {places[ModelSpellings.Key(model)]}; remove one");
            }
            else
            {
                models.Add(model);
            }
        }

        return models;
    }
}
