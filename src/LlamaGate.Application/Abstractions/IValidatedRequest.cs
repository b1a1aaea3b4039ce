namespace LlamaGate.Application.Abstractions;

/// <summary>A command with a body from outside, which is validated before it is used.</summary>
/// <typeparam name="TBody">The body's contract; its validator is an <c>IValidator&lt;TBody&gt;</c>.</typeparam>
public interface IValidatedRequest<out TBody>
{
    TBody Body { get; }
}
