namespace LlamaGate.Api.Tests.Hosting;

/// <summary>Tests that measure the process. They run after all others, one at a time.</summary>
[CollectionDefinition(nameof(RunsAlone), DisableParallelization = true)]
public sealed class RunsAlone;
