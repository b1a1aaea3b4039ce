using LlamaGate.Api.Configuration.Files;

namespace LlamaGate.Api.Configuration.Hosts;

/// <summary>Reads an item of <c>hosts</c> in HOSTS_FILE.</summary>
internal static class HostEntryReader
{
    public const int MaxUrlLength = 2048;
    public const int MaxPathLength = 4096;
    public const int MaxKeyLength = 4096;

    public static IReadOnlyList<string> Members { get; } =
    [
        "name", "url", "api_key", "api_key_file", "ca_file", "client_cert", "client_key", "drain", "slots", "max_running", "max_loaded",
        "vram_gb", "pin",
    ];

    /// <returns>Null without a usable address; there is then a fault.</returns>
    public static ConfiguredHost? Read(LocatedJson json, NamedHostFiles files, List<FileFault> faults)
    {
        var entry = new LocatedObject(json, Members, faults);
        var name = ReadName(entry);
        var address = ReadAddress(entry);
        var key = ReadKey(entry, address, files);
        var tls = files.ReadTls(entry, address, MaxPathLength);
        var isDraining = entry.Boolean("drain") ?? false;
        var limits = HostLimitsReader.Read(entry);
        return address is null ? null : new ConfiguredHost(name ?? address.Authority, address)
        {
            ApiKey = key ?? "",
            Tls = tls,
            IsDraining = isDraining,
            Limits = limits,
            Revision = Digest.Of([Digest.Of(json.Raw.Span), key ?? "", tls?.Stamp ?? ""]),
        };
    }

    private static string? ReadName(LocatedObject entry)
    {
        var name = entry.Text("name", ConfiguredHost.MaxNameLength);
        if (name is null || ConfiguredHost.IsName(name))
        {
            return name;
        }

        entry.Refuse("name", $"must have 1 to {ConfiguredHost.MaxNameLength} letters, digits, '-', '_' or '.'");
        return null;
    }

    private static Uri? ReadAddress(LocatedObject entry)
    {
        if (!entry.Has("url"))
        {
            entry.Refuse("url", "is missing");
            return null;
        }

        if (entry.Text("url", MaxUrlLength) is not { } text)
        {
            return null;
        }

        if (!OllamaAddress.TryParse(text, out var address))
        {
            entry.Refuse("url", $"\"{OllamaAddress.Redact(text)}\" is not allowed; allowed: {OllamaAddress.Allowed}");
            return null;
        }

        if (OllamaAddress.FindFault(address) is { } fault)
        {
            entry.Refuse("url", fault);
        }

        return address;
    }

    private static string? ReadKey(LocatedObject entry, Uri? address, NamedHostFiles files)
    {
        var key = entry.Text("api_key", MaxKeyLength);
        if (key is not null && !VariableText.IsKey(key))
        {
            entry.Refuse("api_key", "(not shown) must have visible ASCII characters without spaces");
            key = null;
        }

        var ways = new[] { entry.Has("api_key"), entry.Has("api_key_file"), address?.UserInfo.Length > 0 }.Count(isThere => isThere);
        if (ways > 1)
        {
            entry.Refuse(
                entry.Has("api_key") ? "api_key" : "api_key_file",
                "is one of several credentials, and only one can be sent; keep one of api_key, api_key_file and the password in url");
        }

        return key ?? files.ReadKey(entry, MaxPathLength, MaxKeyLength);
    }
}
