using System.Buffers;
using System.Globalization;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Infrastructure.Callers.Format;

/// <summary>Parses each kind of value. Null means: not allowed.</summary>
internal static class FieldValues
{
    private const int MaxIdLength = 64;
    private const int MaxDigests = 10;
    private const int MaxModels = 1000;
    private const int MaxPatternLength = 256;
    private const int MaxHeaderLength = 64;
    private const string UserPrefix = "user:";
    private const string DateForm = "yyyy-MM-dd";

    private static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.@");

    private static readonly SearchValues<char> HeaderCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>RFC 3339, with or without fractions of a second.</summary>
    private static readonly string[] TimeForms =
    [
        "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
    ];

    public static string? Id(RawField value) =>
        value.Text is { Length: > 0 and <= MaxIdLength } text && !text.AsSpan().ContainsAnyExcept(IdCharacters) ? text : null;

    public static IReadOnlyList<KeyDigest>? Digests(RawField value)
    {
        if (value.Kind is not (FieldKind.Text or FieldKind.Texts) || value.Texts.Count is 0 or > MaxDigests)
        {
            return null;
        }

        var digests = new KeyDigest[value.Texts.Count];
        for (var i = 0; i < digests.Length; i++)
        {
            if (!KeyDigest.TryParse(value.Texts[i], out digests[i]))
            {
                return null;
            }
        }

        return digests;
    }

    public static decimal? Number(RawField value, decimal min, decimal max) =>
        value.Kind is FieldKind.Number
        && decimal.TryParse(value.Texts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && number >= min && number <= max
            ? number
            : null;

    public static long? Integer(RawField value, long min, long max) =>
        Number(value, min, max) is { } number && decimal.IsInteger(number) ? (long)number : null;

    public static bool? Boolean(RawField value) => value.Kind switch
    {
        FieldKind.True => true,
        FieldKind.False => false,
        _ => null,
    };

    /// <summary>One of an enumeration's names, in lower case.</summary>
    public static T? Word<T>(RawField value)
        where T : struct, Enum
    {
        foreach (var word in Enum.GetValues<T>())
        {
            if (value.Text == WordOf(word))
            {
                return word;
            }
        }

        return null;
    }

    public static (ShareBy By, string? Header)? ShareBy(RawField value) => value.Text switch
    {
        "key" => (Domain.Callers.ShareBy.Key, null),
        "address" => (Domain.Callers.ShareBy.Address, null),
        { } text when text.StartsWith(UserPrefix, StringComparison.Ordinal) && IsHeader(text[UserPrefix.Length..]) =>
            (Domain.Callers.ShareBy.User, text[UserPrefix.Length..]),
        _ => null,
    };

    public static ModelAccess? Models(RawField value) =>
        value.Kind is FieldKind.Texts && value.Texts.Count <= MaxModels && value.Texts.All(IsPattern) ? new ModelAccess(value.Texts) : null;

    /// <param name="isEnd">A date is the end of its day, not its begin. Both in UTC.</param>
    public static DateTimeOffset? Time(RawField value, bool isEnd)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateOnly.TryParseExact(value.Text, DateForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            var day = new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero);
            return isEnd && date < DateOnly.MaxValue ? day.AddDays(1) : day;
        }

        return DateTimeOffset.TryParseExact(value.Text, TimeForms, CultureInfo.InvariantCulture, Utc, out var time) ? time : null;
    }

    private static bool IsPattern(string text) =>
        text.Length is > 0 and <= MaxPatternLength && text is not "!" && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));

    private static bool IsHeader(string name) =>
        name.Length is > 0 and <= MaxHeaderLength && !name.AsSpan().ContainsAnyExcept(HeaderCharacters);

    private static string WordOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
