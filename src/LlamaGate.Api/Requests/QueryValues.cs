using System.Globalization;

namespace LlamaGate.Api.Requests;

/// <summary>The values of a query. An empty one counts as absent.</summary>
internal static class QueryValues
{
    public static string? Text(this IQueryCollection query, string name) => query[name] is [{ Length: > 0 } text, ..] ? text : null;

    /// <summary>How many to list; null when the query does not say. A value that is not a number is 0, which no list allows.</summary>
    public static int? Limit(this IQueryCollection query) => query.Text("limit") is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : 0;

    /// <summary>The words that the official clients send: <c>true</c> and <c>True</c>.</summary>
    public static bool IsTrue(this IQueryCollection query, string name) => bool.TryParse(query.Text(name), out var value) && value;
}
