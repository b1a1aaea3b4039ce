namespace LlamaGate.Application.Abstractions;

/// <summary>A command that uses a model, which its caller must be allowed to use.</summary>
public interface IUsesModel
{
    RequestContext Context { get; }

    /// <summary>The model's name or an alias, as the caller wrote it. Not null once the command is valid.</summary>
    string? Model { get; }
}
