using System.Text.RegularExpressions;

namespace LlamaGate.Api.Json;

/// <summary>
/// The JSON type that a member must have, derived from the .NET type in the serializer's error: callers need not know .NET
/// types.
/// </summary>
internal static partial class ExpectedType
{
    /// <summary>Null if there is no name for it.</summary>
    /// <param name="message">The serializer's.</param>
    public static string? In(string message) => NamedType().Match(message) switch
    {
        { Success: true } match => ToWords(match.Groups["type"].Value),
        _ => null,
    };

    private static string? ToWords(string type) => type switch
    {
        "System.String" or "LlamaGate.Domain.Conversations.Utf8Text" => "a string",
        "System.Boolean" => "true or false",
        "System.Int32" or "System.Int64" => "an integer",
        "System.Double" or "System.Single" or "System.Decimal" => "a number",
        _ when type.EndsWith("[]", StringComparison.Ordinal) || type.Contains("List`1[", StringComparison.Ordinal) => "an array",
        _ when type.Contains("Dictionary`2[", StringComparison.Ordinal) || type.Contains(".Contracts.", StringComparison.Ordinal) => "an object",
        _ => null,
    };

    [GeneratedRegex(
        @"could not be converted to (System\.Nullable`1\[)?(?<type>[\w+]+(\.[\w+]+)*(`\d\[\S*\]|\[\])?)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamedType();
}
