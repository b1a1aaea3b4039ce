namespace LlamaGate.Api.Configuration.Hosts;

/// <summary>
/// OLLAMA_HOST: one address, or a list <c>[name=]url,…</c>. A comma can be part of an address, in a password or a path: the text
/// is a list only if each part is an entry, or if it is no address as a whole.
/// </summary>
internal static class HostListText
{
    /// <param name="text">The variable's value.</param>
    /// <param name="problem">What is wrong with a list; null when there is nothing to add to the value itself.</param>
    /// <returns>Null when the text is not allowed.</returns>
    public static IReadOnlyList<ConfiguredHost>? Parse(string text, out string? problem)
    {
        var hosts = Read(text, out problem);
        problem ??= hosts is null ? null : FindConflict(hosts);
        return problem is null ? hosts : null;
    }

    private static IReadOnlyList<ConfiguredHost>? Read(string text, out string? problem)
    {
        problem = null;
        var isAddress = OllamaAddress.TryParse(text, out var address);
        if (isAddress && !text.Contains(',', StringComparison.Ordinal) && !address.Host.Contains('=', StringComparison.Ordinal))
        {
            return [ConfiguredHost.At(address)];
        }

        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var entries = parts.Select(ParseEntry).ToList();
        if (entries.TrueForAll(entry => entry is not null))
        {
            return [.. entries.OfType<ConfiguredHost>()];
        }

        if (isAddress)
        {
            return [ConfiguredHost.At(address)];
        }

        problem = parts.Length > 1 ? Refuse(parts, entries) : null;
        return null;
    }

    /// <summary>What is wrong with the addresses and names together; null when nothing is.</summary>
    private static string? FindConflict(IReadOnlyList<ConfiguredHost> hosts) => hosts.Count > ConfiguredHost.MaxHosts
        ? $"{hosts.Count} hosts are too many; allowed: at most {ConfiguredHost.MaxHosts}"
        : FindFaultyAddress(hosts) ?? FindSameAddress(hosts) ?? FindSameName(hosts);

    private static string? FindFaultyAddress(IReadOnlyList<ConfiguredHost> hosts) => hosts
        .Select((host, index) => OllamaAddress.FindFault(host.Address) is { } fault
            ? (hosts.Count > 1 ? $"entry {index + 1}, {host.DisplayAddress}, " : $"{host.DisplayAddress} ") + fault
            : null)
        .FirstOrDefault(fault => fault is not null);

    private static string? FindSameName(IReadOnlyList<ConfiguredHost> hosts) =>
        hosts.GroupBy(host => host.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { Key: var name }
            ? $"two hosts have the name \"{name}\"; give each host its own name, such as gpu1=http://10.0.0.5:11434"
            : null;

    /// <summary>Its slots would count twice.</summary>
    private static string? FindSameAddress(IReadOnlyList<ConfiguredHost> hosts)
    {
        var same = hosts.Index().GroupBy(entry => entry.Item.DisplayAddress, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return same?.ToList() is [var first, var second, ..]
            ? $"entry {second.Index + 1}, \"{second.Item.Name}\", has the same address as entry {first.Index + 1}, \"{first.Item.Name}\": "
                + $"{same.Key}; correct it, or remove one"
            : null;
    }

    private static string Refuse(string[] parts, List<ConfiguredHost?> entries)
    {
        var index = entries.FindIndex(entry => entry is null);
        return $"entry {index + 1}, \"{OllamaAddress.Redact(parts[index])}\", is not allowed; allowed: [name=]url, and a name has "
            + $"1 to {ConfiguredHost.MaxNameLength} letters, digits, '-', '_' or '.'";
    }

    private static ConfiguredHost? ParseEntry(string text)
    {
        var end = text.IndexOf('=', StringComparison.Ordinal);
        if (end > 0 && ConfiguredHost.IsName(text[..end]) && OllamaAddress.TryParse(text[(end + 1)..].Trim(), out var named))
        {
            return new ConfiguredHost(text[..end], named);
        }

        return OllamaAddress.TryParse(text, out var address) ? ConfiguredHost.At(address) : null;
    }
}
