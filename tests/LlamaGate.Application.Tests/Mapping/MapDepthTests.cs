using AutoMapper;
using AutoMapper.Internal;
using LlamaGate.Application.Mapping;

namespace LlamaGate.Application.Tests.Mapping;

/// <summary>Why advisory GHSA-rvv3-g6hj-g44x (an endless descent into a type that contains itself) cannot apply here (ADR 5).</summary>
public class MapDepthTests
{
    private static readonly IReadOnlyCollection<TypeMap> Maps =
        MapperRegistration.CreateMapper().ConfigurationProvider.Internal().GetAllTypeMaps();

    [Fact]
    public void Maps_All_AreBounded()
    {
        Assert.NotEmpty(Maps);
        Assert.All(Maps, map => Assert.Equal(MapperRegistration.MaxDepth, map.MaxDepth));
    }

    [Fact]
    public void MappedTypes_None_ReachesItself() => Assert.All(
        Maps.SelectMany(map => new[] { map.SourceType, map.DestinationType }).Distinct(),
        type => Assert.False(ReachesItself(type), $"{type} contains itself."));

    [Theory]
    [InlineData(typeof(Branch))]
    [InlineData(typeof(Leaf))]
    public void ReachesItself_ThroughOthersAndLists_IsSeen(Type type) => Assert.True(ReachesItself(type));

    private static bool ReachesItself(Type type)
    {
        var seen = new HashSet<Type>();
        var next = new Stack<Type>(MembersOf(type));
        while (next.TryPop(out var member))
        {
            if (member == type)
            {
                return true;
            }

            if (seen.Add(member))
            {
                MembersOf(member).ToList().ForEach(next.Push);
            }
        }

        return false;
    }

    /// <summary>The types in a type's properties, lists and nullable values opened; those of the framework have none of ours.</summary>
    private static IEnumerable<Type> MembersOf(Type type) => IsOurs(type)
        ? type.GetProperties().SelectMany(property => Opened(property.PropertyType))
        : [];

    private static IEnumerable<Type> Opened(Type type) => type.IsArray ? Opened(type.GetElementType()!)
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Opened).Append(type)
        : [type];

    private static bool IsOurs(Type type) => type.Namespace?.StartsWith("LlamaGate", StringComparison.Ordinal) is true;

    private sealed record Branch(IReadOnlyList<Leaf> Leaves);

    private sealed record Leaf(Dictionary<string, Branch?[]> Branches);
}
