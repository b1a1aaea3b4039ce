namespace LlamaGate.Application.Abstractions;

/// <summary>Runs code that is compiled at its first use, so that the first caller need not wait. Makes no network call and keeps no state.</summary>
public interface IWarmUp
{
    Task RunAsync(CancellationToken cancellationToken);
}
