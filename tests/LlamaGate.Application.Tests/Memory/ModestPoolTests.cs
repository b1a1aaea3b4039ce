using LlamaGate.Application.Memory;

namespace LlamaGate.Application.Tests.Memory;

public class ModestPoolTests
{
    [Fact]
    public void SmallArray_Returned_IsLentAgain()
    {
        var array = ModestPool.Instance.Rent(LargeValues.MinBytes);
        ModestPool.Instance.Return(array);
        Assert.Same(array, ModestPool.Instance.Rent(LargeValues.MinBytes));
    }

    [Fact]
    public void LargeArray_Returned_IsCountedAndNotKept()
    {
        var before = LargeValues.Count;
        var array = ModestPool.Instance.Rent(LargeValues.MinBytes + 1);
        Assert.Equal(LargeValues.MinBytes + 1, array.Length);
        Assert.True(LargeValues.Count > before);
        ModestPool.Instance.Return(array);
        Assert.NotSame(array, ModestPool.Instance.Rent(LargeValues.MinBytes + 1));
    }
}
