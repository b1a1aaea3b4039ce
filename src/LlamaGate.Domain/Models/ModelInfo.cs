namespace LlamaGate.Domain.Models;

/// <summary>A model that the upstream has.</summary>
/// <param name="Name">Its name with tag (<c>llama3.2:3b</c>).</param>
/// <param name="ModifiedAt">When it was pulled or last changed.</param>
public sealed record ModelInfo(string Name, DateTimeOffset ModifiedAt);
