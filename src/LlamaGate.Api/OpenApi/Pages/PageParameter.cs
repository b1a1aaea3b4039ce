namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>A parameter in an endpoint's path or query.</summary>
/// <param name="Name">As in the route.</param>
/// <param name="Example">The initial value in "Try it out"; may contain a placeholder for a model.</param>
internal sealed record PageParameter(string Name, string Description, string Example);
