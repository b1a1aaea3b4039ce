using System.Reflection;
using System.Runtime.CompilerServices;
using MediatR;

namespace LlamaGate.ArchitectureTests;

/// <summary>What the rules are about: the four assemblies, their types, and the tree of files they are made from.</summary>
internal static class Projects
{
    public static Assembly Domain { get; } = typeof(LlamaGate.Domain.Errors.GatewayException).Assembly;

    public static Assembly Application { get; } = typeof(LlamaGate.Application.DependencyInjection).Assembly;

    public static Assembly Infrastructure { get; } = typeof(LlamaGate.Infrastructure.DependencyInjection).Assembly;

    public static Assembly Api { get; } = typeof(LlamaGate.Api.GatewayHost).Assembly;

    public static IReadOnlyList<Assembly> Assemblies { get; } = [Domain, Application, Infrastructure, Api];

    /// <param name="project">By the name of its directory, which the executable's assembly does not have.</param>
    public static Assembly AssemblyOf(string project) =>
        Assemblies.Single(assembly => assembly.GetTypes().Any(type => type.Namespace?.StartsWith(project + ".", StringComparison.Ordinal) is true));

    /// <summary>The directory of LlamaGate.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>What people wrote: no closures, no state machines, no generated contexts' parts.</summary>
    public static IEnumerable<Type> TypesOf(Assembly assembly) => assembly.GetTypes().Where(IsHandWritten);

    public static IEnumerable<Type> AllTypes() => Assemblies.SelectMany(TypesOf);

    /// <summary>Every MediatR request, with its answer.</summary>
    public static IReadOnlyList<(Type Request, Type Response)> Requests() =>
    [
        .. from type in TypesOf(Application)
           from contract in type.GetInterfaces()
           where contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IRequest<>) && !type.IsAbstract
           select (type, contract.GetGenericArguments()[0]),
    ];

    /// <summary>The arguments of a generic interface that a type implements; null when it does not.</summary>
    public static Type[]? ArgumentsOf(this Type type, Type genericInterface) => type.GetInterfaces()
        .FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == genericInterface)?.GetGenericArguments();

    /// <summary>Name without the arity: <c>SingleFlight</c> for <c>SingleFlight`1</c>.</summary>
    public static string PlainName(this Type type) => type.Name.Split('`')[0];

    /// <summary>Files of ours below a directory: nothing built, fetched or measured.</summary>
    public static IEnumerable<string> Files(string directory, string pattern)
    {
        string[] foreign = ["bin", "obj", "node_modules", "artifacts", "publish", "TestResults", ".git"];
        return Directory.EnumerateFiles(Path.Combine(Root, directory), pattern, SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar).Any(foreign.Contains));
    }

    private static bool IsHandWritten(Type type) =>
        type.Namespace?.StartsWith("LlamaGate", StringComparison.Ordinal) is true
        && !type.Name.Contains('<', StringComparison.Ordinal)
        && type.DeclaringType is null
        && !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "LlamaGate.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("LlamaGate.sln is in none of the directories above.");
    }
}
