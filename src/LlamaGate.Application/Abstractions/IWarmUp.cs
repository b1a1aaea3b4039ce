namespace LlamaGate.Application.Abstractions;

/// <summary>Makes ready what is compiled at its first use, so that the first caller does not wait for it. It asks nobody and keeps nothing.</summary>
public interface IWarmUp
{
    Task RunAsync(CancellationToken cancellationToken);
}
