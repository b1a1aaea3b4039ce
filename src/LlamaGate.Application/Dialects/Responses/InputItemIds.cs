using System.Globalization;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>
/// The ids of input items that callers did not name. They are made when items are listed, from the response and the item's place in its
/// input, so that nothing has to be kept for them.
/// </summary>
internal static class InputItemIds
{
    private const string Prefix = "item_";

    /// <param name="responseId">The response that the item was sent to.</param>
    /// <param name="index">Its place in the whole conversation before the response.</param>
    public static string Of(string responseId, int index) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{index}_{responseId}");

    /// <returns>The response's id and the item's place; null for ids that were not made here.</returns>
    public static (string ResponseId, int Index)? Read(string id) =>
        id.StartsWith(Prefix, StringComparison.Ordinal) && id.IndexOf('_', Prefix.Length) is var end && end > 0
        && int.TryParse(id.AsSpan(Prefix.Length..end), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? (id[(end + 1)..], index)
            : null;
}
