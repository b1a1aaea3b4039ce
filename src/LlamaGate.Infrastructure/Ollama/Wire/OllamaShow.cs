namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>The body of <c>POST /api/show</c>.</summary>
internal sealed record OllamaShowRequest(string Model);

/// <summary>Its answer, with the members that are used.</summary>
/// <param name="Capabilities">
/// completion, tools, insert, vision, embedding, thinking …; absent in older versions.
/// </param>
/// <param name="ModifiedAt">When the model last changed; absent in older versions.</param>
/// <param name="Modelfile">Its FROM line names the file with the weights.</param>
internal sealed record OllamaShow(IReadOnlyList<string>? Capabilities, DateTimeOffset? ModifiedAt, string? Modelfile = null);
