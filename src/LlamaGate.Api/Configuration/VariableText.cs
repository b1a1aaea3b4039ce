using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Encodings.Web;
using System.Text.Json;
using LlamaGate.Application.Models;

namespace LlamaGate.Api.Configuration;

/// <summary>Parses and formats each kind of value. Null means: not allowed.</summary>
internal static class VariableText
{
    public const string BooleanWords = "true or false (also 1/0, yes/no, on/off)";

    public static bool? Boolean(string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "1" or "YES" or "ON" => true,
        "FALSE" or "0" or "NO" or "OFF" => false,
        _ => null,
    };

    public static int? Integer(string text, int min, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= min && number <= max
            ? number
            : null;

    public static decimal? Decimal(string text, decimal min, decimal max) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && number >= min && number <= max
            ? number
            : null;

    public static TimeSpan? Duration(string text, TimeSpan max) =>
        GoDuration.TryParse(text, out var duration) && duration <= max ? duration : null;

    public static TimeSpan? Positive(string text, TimeSpan max) =>
        Duration(text, max) is { } duration && duration > TimeSpan.Zero ? duration : null;

    public static ContextOverflow? Overflow(string text) => text.ToUpperInvariant() switch
    {
        "ERROR" => ContextOverflow.Error,
        "TRUNCATE" => ContextOverflow.Truncate,
        _ => null,
    };

    public static CacheMode? Mode(string text) => text.ToUpperInvariant() switch
    {
        "ALL" => CacheMode.All,
        "DETERMINISTIC" => CacheMode.Deterministic,
        "OFF" => CacheMode.Off,
        _ => null,
    };

    public static KeysFileMode? FileMode(string text) => text.ToUpperInvariant() switch
    {
        "STRICT" => KeysFileMode.Strict,
        "OPEN" => KeysFileMode.Open,
        _ => null,
    };

    public static NativeApi? Native(string text) => text.ToUpperInvariant() switch
    {
        "ON" => NativeApi.On,
        "FULL" => NativeApi.Full,
        "OFF" => NativeApi.Off,
        _ => null,
    };

    public static LogFormat? Format(string text) => text.ToUpperInvariant() switch
    {
        "AUTO" => LogFormat.Auto,
        "JSON" => LogFormat.Json,
        "TEXT" => LogFormat.Text,
        _ => null,
    };

    public static IPAddress? Address(string text)
    {
        if (text.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            return IPAddress.Loopback;
        }

        // The framework would also parse "8080" as the address 0.0.31.144.
        var complete = text.Contains(':', StringComparison.Ordinal) || text.Count(c => c == '.') == 3;
        return complete && IPAddress.TryParse(text, out var address) ? address : null;
    }

    public static IReadOnlyList<IPNetwork>? Networks(string text)
    {
        var networks = new List<IPNetwork>();
        foreach (var part in text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (Address(part) is { } address)
            {
                networks.Add(new IPNetwork(address, address.AddressFamily is AddressFamily.InterNetwork ? 32 : 128));
            }
            else if (part.Contains('/', StringComparison.Ordinal)
                && Address(part.Split('/')[0]) is not null && IPNetwork.TryParse(part, out var network))
            {
                networks.Add(network);
            }
            else
            {
                return null;
            }
        }

        return networks;
    }

    public static string Of(bool value) => value ? "true" : "false";

    public static string Of(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Of(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Of(LogFormat format) => format switch
    {
        LogFormat.Json => "json",
        LogFormat.Text => "text",
        _ => "auto",
    };

    public static string Of(CacheMode mode) => mode switch
    {
        CacheMode.Deterministic => "deterministic",
        CacheMode.Off => "off",
        _ => "all",
    };

    public static string Of(NativeApi mode) => mode switch
    {
        NativeApi.Full => "full",
        NativeApi.Off => "off",
        _ => "on",
    };

    /// <summary>JSON as a person writes it: nothing is escaped that need not be.</summary>
    public static JsonSerializerOptions Written { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(IPNetwork network)
    {
        var single = network.BaseAddress.AddressFamily is AddressFamily.InterNetwork ? 32 : 128;
        return network.PrefixLength == single ? network.BaseAddress.ToString() : network.ToString();
    }

    /// <summary>Visible ASCII, which can be written into a header unchanged.</summary>
    public static bool IsKey(string text) => text.All(c => c is > ' ' and <= '~');

    /// <summary>Null when a pair is not one, an alias stands twice, or aliases lead in a circle.</summary>
    public static ModelAliases? Aliases(string text)
    {
        var pairs = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', StringSplitOptions.TrimEntries))
            .ToList();
        if (pairs.Any(pair => pair is not [{ Length: > 0 }, { Length: > 0 }]))
        {
            return null;
        }

        try
        {
            return new ModelAliases(pairs.Select(pair => KeyValuePair.Create(pair[0], pair[1])));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
