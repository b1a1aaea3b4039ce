using System.Text.Json.Serialization;

namespace LlamaGate.Application.Dialects.Responses.Contracts;

/// <summary>A page of the items that a response answered.</summary>
/// <param name="Data">As they were sent; an item that had no id is named by its place.</param>
/// <param name="HasMore">Whether items come after these.</param>
public sealed record ResponseItemList(IReadOnlyList<ResponseInputItem> Data, bool HasMore)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "list";

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? FirstId => Data.Count > 0 ? Data[0].Id : null;

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? LastId => Data.Count > 0 ? Data[^1].Id : null;
}

/// <summary>The answer to a response's deletion.</summary>
/// <param name="Id">The response's id.</param>
public sealed record DeletedResponse(string Id)
{
    public string Object { get; } = "response";

    public bool Deleted { get; } = true;
}
