using System.Reflection;
using NetArchTest.Rules;

namespace LlamaGate.ArchitectureTests;

/// <summary>One way, no stairs back: Api → Application → Domain; Infrastructure → Application, Domain.</summary>
public sealed class LayerTests
{
    [Fact]
    public void Domain_References_OnlyTheBaseLibrary() => Assert.All(
        Projects.Domain.GetReferencedAssemblies(), name => Assert.StartsWith("System.", name.Name, StringComparison.Ordinal));

    [Fact]
    public void Domain_Types_DoNoInputOrOutput() => AssertNone(
        Projects.Domain, "System.IO", "System.Net", "System.Threading.Tasks", "LlamaGate.Application", "LlamaGate.Infrastructure", "LlamaGate.Api");

    [Fact]
    public void Application_Types_KnowNoAdapterAndNoFramework() => AssertNone(
        Projects.Application, "LlamaGate.Infrastructure", "LlamaGate.Api", "Microsoft.AspNetCore", "Serilog", "ZiggyCreatures", "System.Net.Http");

    [Fact]
    public void Application_References_NoAdapterAndNoFramework() => AssertNoReference(
        Projects.Application, "LlamaGate.Infrastructure", "llamagate", "Microsoft.AspNetCore", "Serilog");

    /// <summary>Orleans hands the callbacks of its TLS a <c>ConnectionContext</c>, which knows sockets and no HTTP.</summary>
    [Fact]
    public void Infrastructure_Types_KnowNothingOfHttpServing() => AssertSuccess(
        Types.InAssembly(Projects.Infrastructure).That().DoNotHaveName("SiloBuilding")
            .ShouldNot().HaveDependencyOnAny("LlamaGate.Api", "Microsoft.AspNetCore", "Serilog", "MediatR").GetResult());

    [Fact]
    public void Infrastructure_References_NothingOfHttpServing() => Assert.Equal(
        ["Microsoft.AspNetCore.Connections.Abstractions"],
        ReferencesTo(Projects.Infrastructure, "llamagate", "Microsoft.AspNetCore", "Serilog", "MediatR"),
        StringComparer.Ordinal);

    /// <summary>Infrastructure is chosen in one place, the composition root; everything else sees ports.</summary>
    [Fact]
    public void Api_TypesButTheCompositionRoot_DoNotKnowInfrastructure() => AssertSuccess(
        Types.InAssembly(Projects.Api).That().DoNotHaveNameMatching("^(GatewayHost|UpstreamHosts|Program)$")
            .ShouldNot().HaveDependencyOn("LlamaGate.Infrastructure").GetResult());

    /// <summary>The test above can only be trusted when the root is what it exempts, and is needed there.</summary>
    [Fact]
    public void Api_CompositionRoot_KnowsInfrastructure() => AssertSuccess(
        Types.InAssembly(Projects.Api).That().HaveName("GatewayHost").Should().HaveDependencyOn("LlamaGate.Infrastructure").GetResult());

    private static void AssertNone(Assembly assembly, params string[] namespaces) =>
        AssertSuccess(Types.InAssembly(assembly).ShouldNot().HaveDependencyOnAny(namespaces).GetResult());

    private static void AssertNoReference(Assembly assembly, params string[] prefixes) => Assert.Empty(ReferencesTo(assembly, prefixes));

    private static IEnumerable<string> ReferencesTo(Assembly assembly, params string[] prefixes) => assembly.GetReferencedAssemblies()
        .Select(reference => reference.Name!) // A reference has a name.
        .Where(name => prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));

    private static void AssertSuccess(TestResult result) => Assert.True(
        result.IsSuccessful, "Against the rule: " + string.Join(", ", result.FailingTypeNames ?? []));
}
