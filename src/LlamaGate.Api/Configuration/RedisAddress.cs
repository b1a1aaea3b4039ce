namespace LlamaGate.Api.Configuration;

/// <summary>
/// REDIS_URL: <c>redis://[[user]:password@]host[:port][/database][?prefix=name]</c>, or <c>rediss://</c> for TLS. The database and the prefix
/// separate clusters that share a server.
/// </summary>
/// <param name="Host">Its name or IP address.</param>
/// <param name="Port">6379 unless the address has one.</param>
/// <param name="UsesTls">Whether the address begins with rediss://.</param>
internal sealed record RedisAddress(string Host, int Port, bool UsesTls)
{
    /// <summary>Completes "allowed: …".</summary>
    public const string Allowed = "redis:// or rediss://, then [user:password@]host[:port][/database][?prefix=name]";

    private const int DefaultPort = 6379;
    private const int MaxDatabase = 1023;
    private const int MaxPrefix = 64;
    private const string PrefixQuery = "?prefix=";

    /// <summary>Null = Redis' default user.</summary>
    public string? User { get; init; }

    /// <summary>Null = none.</summary>
    public string? Password { get; init; }

    public int Database { get; init; }

    /// <summary>Empty = none.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Null when the text is no such address.</summary>
    public static RedisAddress? Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url is not { Scheme: "redis" or "rediss", Host.Length: > 0, Fragment: "", Port: not 0 }
            || ParseDatabase(url.AbsolutePath) is not { } database || ParsePrefix(url.Query) is not { } prefix)
        {
            return null;
        }

        var colon = url.UserInfo.IndexOf(':', StringComparison.Ordinal);
        // Redis' own tools take a lone word for the password too, but a user without a password is more often a mistake.
        return url.UserInfo.Length > 0 && colon < 0 ? null : new RedisAddress(url.IdnHost, url.Port < 0 ? DefaultPort : url.Port, url.Scheme == "rediss")
        {
            User = colon > 0 ? Uri.UnescapeDataString(url.UserInfo[..colon]) : null,
            Password = colon >= 0 && colon < url.UserInfo.Length - 1 ? Uri.UnescapeDataString(url.UserInfo[(colon + 1)..]) : null,
            Database = database,
            Prefix = prefix,
        };
    }

    /// <summary>Without user name and password, for display; it can be parsed again. A record would print the password.</summary>
    public override string ToString() =>
        $"{(UsesTls ? "rediss" : "redis")}://{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{VariableText.Of(Port)}"
        + $"/{VariableText.Of(Database)}{(Prefix.Length > 0 ? PrefixQuery + Prefix : "")}";

    private static int? ParseDatabase(string path) => path is "" or "/" ? 0 : VariableText.Integer(path[1..], 0, MaxDatabase);

    private static string? ParsePrefix(string query) => query.Length == 0 ? "" :
        query.StartsWith(PrefixQuery, StringComparison.Ordinal) && query[PrefixQuery.Length..] is { Length: > 0 and <= MaxPrefix } name
        && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? name : null;
}
