using System.Reflection;
using Microsoft.Extensions.Logging;

namespace LlamaGate.ArchitectureTests;

/// <summary>An event in the log is known by its number.</summary>
public class LogEventTests
{
    private const BindingFlags Declared =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    [Fact]
    public void Events_OfTheProduct_HaveNumbersOfTheirOwn()
    {
        var events = new[] { Projects.Api, Projects.Application, Projects.Infrastructure }
            .SelectMany(Projects.TypesOf)
            .SelectMany(type => type.GetMethods(Declared))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>()
            .ToList();
        Assert.NotEmpty(events);
        Assert.Empty(events.GroupBy(one => one.EventId).Where(group => group.Count() > 1).Select(group => group.Key));
    }
}
