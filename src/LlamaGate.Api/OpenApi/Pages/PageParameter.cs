namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>A parameter in an endpoint's path or query.</summary>
/// <param name="Name">As the route spells it.</param>
/// <param name="Example">What "Try it out" starts with; may hold a placeholder for a model.</param>
internal sealed record PageParameter(string Name, string Description, string Example);
