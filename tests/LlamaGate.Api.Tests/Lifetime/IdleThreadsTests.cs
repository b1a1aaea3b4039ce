using LlamaGate.Api.Lifetime;

namespace LlamaGate.Api.Tests.Lifetime;

public sealed class IdleThreadsTests
{
    [Fact]
    public void SleepAtOnce_IsWrittenWhereThePoolReadsIt()
    {
        Assert.Null(Environment.GetEnvironmentVariable(IdleThreads.Variable));
        IdleThreads.SleepAtOnce();

        // The pool takes a number of 16 bits, as an int.
        Assert.Equal(0, Assert.IsType<int>(AppContext.GetData(IdleThreads.Setting)));
    }
}
