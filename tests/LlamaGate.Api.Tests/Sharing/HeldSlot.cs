using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Sharing;

/// <summary>A call that keeps its slot until the test lets it go on.</summary>
/// <param name="Answer">What its client gets in the end.</param>
internal sealed record HeldSlot(Gate Gate, Task<HttpAnswer> Answer)
{
    /// <summary>Lets the call end, and checks that it was answered.</summary>
    public async Task ReleaseAsync()
    {
        Gate.Release();
        Assert.Equal(200, (await Answer).Status);
    }
}
