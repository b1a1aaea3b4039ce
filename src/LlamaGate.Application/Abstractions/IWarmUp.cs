namespace LlamaGate.Application.Abstractions;

/// <summary>Runs code that is compiled at its first use, so that the first caller does not wait for it. It makes no network call and keeps nothing.</summary>
public interface IWarmUp
{
    Task RunAsync(CancellationToken cancellationToken);
}
