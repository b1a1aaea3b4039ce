namespace LlamaGate.Application.Dialects;

/// <summary>A body that names the model that is to answer.</summary>
public interface INamesModel
{
    string? Model { get; }
}
