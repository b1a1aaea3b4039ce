using LlamaGate.Domain.Callers;

namespace LlamaGate.Infrastructure.Callers.Format;

/// <summary>The table of all fields of a key. The JSON schema says the same, and a test compares them.</summary>
internal static class KeyFields
{
    public const string Id = "id";
    public const string Hash = "hash";
    public const string Created = "created";

    public static IReadOnlyList<KeyField> All { get; } =
    [
        new(Id, "must be 1 to 64 letters, digits and the characters - _ . @",
            static (key, value) => FieldValues.Id(value) is { } id ? key with { Id = id } : null),
        new(Hash, "must be \"sha256:\" and 64 hexadecimal digits, or a list of these; a key itself must not be stored here",
            static (key, value) => FieldValues.Digests(value) is { } digests ? key with { Digests = digests } : null),
        new("weight", "must be a number from 0.001 to 1000",
            static (key, value) => FieldValues.Number(value, 0.001m, 1000) is { } number ? key with { Weight = (double)number } : null),
        new("priority", "must be \"low\", \"normal\" or \"high\"",
            static (key, value) => FieldValues.Word<KeyPriority>(value) is { } word ? key with { Priority = word } : null),
        new("share_by", "must be \"key\", \"address\" or \"user:\" and the name of a header",
            static (key, value) => FieldValues.ShareBy(value) is var (by, header) ? key with { ShareBy = by, UserHeader = header } : null),
        new("models", "must be a list of at most 1000 models or patterns like \"llama3*\" or \"!*:70b\", each of at most 256 characters",
            static (key, value) => FieldValues.Models(value) is { } models ? key with { Models = models } : null),
        new("max_running", "must be a whole number from 1 to 100000",
            static (key, value) => FieldValues.Integer(value, 1, 100_000) is { } number ? key with { MaxRunning = (int)number } : null),
        new("max_waiting", "must be a whole number from 0 to 100000",
            static (key, value) => FieldValues.Integer(value, 0, 100_000) is { } number ? key with { MaxWaiting = (int)number } : null),
        new("rate_limit_rps", "must be a number from 0.001 to 1000000",
            static (key, value) => FieldValues.Number(value, 0.001m, 1_000_000) is { } number ? key with { RateLimitRps = number } : null),
        new("tokens_per_day", "must be a whole number from 1 to 1000000000000",
            static (key, value) => FieldValues.Integer(value, 1, 1_000_000_000_000) is { } number ? key with { TokensPerDay = number } : null),
        new("gpu_seconds_per_day", "must be a number from 0.001 to 1000000000",
            static (key, value) => FieldValues.Number(value, 0.001m, 1_000_000_000) is { } number
                ? key with { GpuSecondsPerDay = (double)number } : null),
        new("cache", "must be \"shared\", \"own\" or \"off\"",
            static (key, value) => FieldValues.Word<CacheScope>(value) is { } word ? key with { Cache = word } : null),
        new("admin", "must be true or false",
            static (key, value) => FieldValues.Boolean(value) is { } on ? key with { IsAdmin = on } : null),
        new("expires", "must be a date like \"2027-01-31\", which is the last day, or a time like \"2027-01-31T18:00:00Z\"",
            static (key, value) => FieldValues.Time(value, isEnd: true) is { } time ? key with { Expires = time } : null),
        new("disabled", "must be true or false",
            static (key, value) => FieldValues.Boolean(value) is { } on ? key with { IsDisabled = on } : null),
        new(Created, "must be a date like \"2027-01-31\" or a time like \"2027-01-31T18:00:00Z\"",
            static (key, value) => FieldValues.Time(value, isEnd: false) is { } time ? key with { Created = time } : null),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(field => field.Name)];

    public static KeyField? Find(string name)
    {
        foreach (var field in All)
        {
            if (field.Name == name)
            {
                return field;
            }
        }

        return null;
    }
}
