using Microsoft.Extensions.Time.Testing;

namespace LlamaGate.Api.Tests.CommandLine.Doctor;

/// <summary>A clock on which a fixed time passes between two looks at it, so that measured paces are exact.</summary>
internal sealed class SteppingClock(TimeSpan step) : FakeTimeProvider
{
    public override long GetTimestamp()
    {
        Advance(step);
        return base.GetTimestamp();
    }
}
