namespace LlamaGate.Api.Tests.Hosting;

/// <summary>
/// Tests that measure time or the process, or take so much memory that others wait for it. They run after all others, one at a time.
/// </summary>
[CollectionDefinition(nameof(RunsAlone), DisableParallelization = true)]
public sealed class RunsAlone;
