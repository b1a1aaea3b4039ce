using System.Reflection;
using AutoMapper;
using FluentValidation;
using LlamaGate.Api;
using LlamaGate.Application.Admin;
using LlamaGate.Application.Conversations;
using LlamaGate.Application.Dialects;
using LlamaGate.Application.Dialects.Responses;
using LlamaGate.Application.Embeddings;
using LlamaGate.Application.Validation;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.ArchitectureTests;

/// <summary>A name says what a thing is, and the same kind of thing has the same kind of name.</summary>
public sealed class NamingTests
{
    private const string Abstractions = "LlamaGate.Application.Abstractions";
    private const string Dialects = "LlamaGate.Application.Dialects";

    /// <summary>Words that say nothing of what a type does.</summary>
    private static readonly string[] EmptyWords = ["Manager", "Helper", "Helpers", "Util", "Utils", "Processor", "Base", "Common"];

    [Fact]
    public void Types_None_HaveAnEmptyName() => Assert.All(Projects.AllTypes(), type =>
    {
        Assert.DoesNotContain(EmptyWords, word => type.PlainName().EndsWith(word, StringComparison.Ordinal));
        Assert.DoesNotContain(type.Namespace!.Split('.'), EmptyWords.Contains);
    });

    [Fact]
    public void Requests_All_AreCommandsOrQueries() => Assert.All(
        Projects.Requests(), use => Assert.Matches("^[A-Z][A-Za-z]+(Command|Query)$", use.Request.Name));

    [Fact]
    public void Handlers_All_AreNamedAfterTheirRequest() => Assert.All(
        Projects.TypesOf(Projects.Application).Where(type => type.ArgumentsOf(typeof(IRequestHandler<,>)) is not null), handler =>
        {
            var request = handler.ArgumentsOf(typeof(IRequestHandler<,>))![0].Name;
            // One use case stands behind the commands of all dialects, and has a name of its own.
            if (handler == typeof(ConversationHandler<>))
            {
                return;
            }

            var useCase = request[..^(request.EndsWith("Query", StringComparison.Ordinal) ? "Query" : "Command").Length];
            Assert.Equal(useCase + "Handler", handler.Name);
        });

    /// <summary>And the other way round: what is called a handler of the application is one.</summary>
    [Fact]
    public void Kinds_ByNameAndByType_AreTheSame()
    {
        AssertKind(Projects.Application, "Behaviour", type => type.ArgumentsOf(typeof(IPipelineBehavior<,>)) is not null);
        AssertKind(Projects.Application, "Handler", type => type.ArgumentsOf(typeof(IRequestHandler<,>)) is not null);
        AssertKind(Projects.Application, "Validator", type => type.ArgumentsOf(typeof(IValidator<>)) is not null);
        AssertKind(Projects.Application, "Profile", type => type.IsSubclassOf(typeof(Profile)));
        AssertKind(Projects.Api, "Controller", type => type.IsSubclassOf(typeof(ControllerBase)));
    }

    [Fact]
    public void Controllers_All_AreInternalAndSealed() => Assert.All(
        Projects.TypesOf(Projects.Api).Where(type => type.IsSubclassOf(typeof(ControllerBase))),
        controller => Assert.True(controller is { IsNotPublic: true, IsSealed: true }, $"{controller} is not internal sealed."));

    /// <summary>One that is not listed has no routes.</summary>
    [Fact]
    public void Controllers_All_AreListed() => Assert.Equal(
        Projects.TypesOf(Projects.Api).Where(type => type.IsSubclassOf(typeof(ControllerBase))).Select(type => type.Name).Order(StringComparer.Ordinal),
        new GatewayControllers().Types.Select(type => type.Name).Order(StringComparer.Ordinal));

    /// <summary>Nobody references an executable. The error body is public as the other contracts are.</summary>
    [Fact]
    public void Api_Types_AreInternal() => Assert.Empty(
        Projects.TypesOf(Projects.Api)
            .Where(type => type.IsPublic && type.Name is not ("Program" or "OpenAIError" or "OpenAIErrorBody"))
            .Select(type => type.FullName));

    /// <summary>
    /// What other layers may see of the application: what is said (contracts, and how they are written as JSON), what can be
    /// requested (commands and queries) and what they return, what is measured (names and instruments), how a dialect's endpoint reads and
    /// answers (field names, writers), what the application needs (ports), and how it is put together, with the settings which that takes.
    /// </summary>
    [Fact]
    public void Application_PublicTypes_AreContractsRequestsAndPorts() => Assert.Empty(
        Projects.TypesOf(Projects.Application)
            .Where(type => type.IsPublic
                && !type.Namespace!.EndsWith(".Contracts", StringComparison.Ordinal)
                && type.Namespace is not (Abstractions or "LlamaGate.Application.Serialization" or "LlamaGate.Application.Telemetry" or Dialects)
                && !IsOfAnEndpoint(type)
                && !IsOfTheResponseStore(type)
                && type != typeof(ConversationStream) && type != typeof(IConversationCommand) && type != typeof(EmbeddingAnswer)
                && type != typeof(EmbeddingFailure) && type != typeof(StatusFeed)
                && type.ArgumentsOf(typeof(IRequest<>)) is null
                && type != typeof(LlamaGate.Application.DependencyInjection)
                && type != typeof(FieldRanges) && type != typeof(NumberRange)
                && type != typeof(LlamaGate.Application.Memory.LargeValues) && type != typeof(LlamaGate.Application.Memory.ModestPool)
                && type != typeof(LlamaGate.Application.Caching.SharedTask<>)
                && type != typeof(LlamaGate.Application.Caching.SharedTasks<>)
                && type.Namespace != typeof(LlamaGate.Application.Models.ModelAliases).Namespace)
            .Select(type => type.FullName));

    /// <summary>What a dialect is made of is no port: the application's own dialects implement it.</summary>
    [Fact]
    public void Ports_All_StandInAbstractions() => Assert.Empty(
        Projects.TypesOf(Projects.Application)
            .Where(type => type.IsInterface && type.Namespace is not (Abstractions or Dialects)
                && type != typeof(IConversationCommand) && !IsOfTheResponseStore(type))
            .Select(type => type.FullName));

    /// <summary>The port that keeps what is one dialect's own stands in that dialect.</summary>
    private static bool IsOfTheResponseStore(Type type) =>
        type == typeof(IResponseStore) || type == typeof(StoredResponse) || type == typeof(ResponseHistory);

    private static bool IsOfAnEndpoint(Type type) =>
        typeof(IAnswerWriter).IsAssignableFrom(type) || typeof(IStreamWriter).IsAssignableFrom(type)
        || typeof(IFieldNames).IsAssignableFrom(type) || type == typeof(EmbeddingWriter)
        || type.Name.EndsWith("IgnoredFields", StringComparison.Ordinal);

    private static void AssertKind(Assembly assembly, string suffix, Func<Type, bool> isKind) => Assert.Equal(
        Projects.TypesOf(assembly).Where(isKind).Select(type => type.FullName).Order(StringComparer.Ordinal),
        Projects.TypesOf(assembly).Where(type => type.PlainName().EndsWith(suffix, StringComparison.Ordinal) && !IsOfTheFramework(type))
            .Select(type => type.FullName).Order(StringComparer.Ordinal));

    /// <summary>ASP.NET's own kinds of handlers and validators, which are named as ASP.NET names them.</summary>
    private static bool IsOfTheFramework(Type type) => type.BaseType?.Namespace?.StartsWith("Microsoft", StringComparison.Ordinal) is true
        && !type.IsSubclassOf(typeof(ControllerBase));
}
