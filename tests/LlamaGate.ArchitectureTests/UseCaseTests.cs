using FluentValidation;
using LlamaGate.Application;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Behaviours;
using LlamaGate.Application.Conversations;
using LlamaGate.Application.Dialects.ChatCompletions;
using LlamaGate.Application.Dialects.Responses;
using LlamaGate.Application.Embeddings;
using LlamaGate.Application.Models;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace LlamaGate.ArchitectureTests;

/// <summary>Every use case is whole: one handler, its validator, and its behaviours in their order.</summary>
public sealed class UseCaseTests : IDisposable
{
    private readonly ServiceProvider _services = BuildApplication();

    [Fact]
    public void Requests_All_HaveExactlyOneHandler() => Assert.All(Projects.Requests(), use =>
    {
        var handlers = _services.GetServices(typeof(IRequestHandler<,>).MakeGenericType(use.Request, use.Response));
        var handler = Assert.Single(handlers);
        Assert.Equal(Projects.Application, handler!.GetType().Assembly);
    });

    [Fact]
    public void Handlers_All_AreInternalAndSealed() => Assert.All(
        Projects.TypesOf(Projects.Application).Where(type => type.ArgumentsOf(typeof(IRequestHandler<,>)) is not null),
        handler => Assert.True(handler is { IsNotPublic: true, IsSealed: true }, $"{handler} is not internal sealed."));

    /// <summary>A command brings something from outside; a query has no body, so it says nothing that could be wrong.</summary>
    [Fact]
    public void Commands_All_AreValidated() => Assert.All(
        Projects.Requests().Select(use => use.Request).Where(request => request.Name.EndsWith("Command", StringComparison.Ordinal)),
        command => Assert.True(command.ArgumentsOf(typeof(IValidatedRequest<>)) is not null, $"{command} has no IValidatedRequest."));

    [Fact]
    public void ValidatedRequests_All_HaveOneValidator() => Assert.All(
        Projects.Requests().Select(use => use.Request.ArgumentsOf(typeof(IValidatedRequest<>))).OfType<Type[]>(),
        body => Assert.Single(_services.GetServices(typeof(IValidator<>).MakeGenericType(body[0]))));

    [Fact]
    public void Behaviours_OfEveryRequest_StandInOrder() => Assert.All(Projects.Requests(), use =>
    {
        var expected = new List<Type> { typeof(LoggingBehaviour<,>) };
        if (use.Request.ArgumentsOf(typeof(IValidatedRequest<>)) is not null)
        {
            expected.Add(typeof(ValidationBehaviour<,,>));
        }

        if (typeof(IUsesModel).IsAssignableFrom(use.Request))
        {
            expected.Add(typeof(ModelAccessBehaviour<,>));
        }

        if (use.Response == typeof(ConversationStream))
        {
            expected.Add(typeof(ConversationCachingBehaviour<>));
        }
        else if (use.Response == typeof(EmbeddingAnswer))
        {
            expected.Add(typeof(EmbeddingCachingBehaviour));
        }

        Assert.Equal(expected, BehavioursOf(use.Request, use.Response));
    });

    /// <summary>The rule above once in plain words, so that it cannot be true of nothing.</summary>
    [Fact]
    public void Behaviours_OfAChat_AreLoggingValidationAccessCaching() => Assert.Equal(
        [
            typeof(LoggingBehaviour<,>), typeof(ValidationBehaviour<,,>), typeof(ModelAccessBehaviour<,>),
            typeof(ConversationCachingBehaviour<>),
        ],
        BehavioursOf(typeof(CreateChatCompletionCommand), typeof(ConversationStream)));

    [Fact]
    public void Handlers_None_SendToOtherHandlers() => Assert.All(
        Projects.TypesOf(Projects.Application).Where(type => type.ArgumentsOf(typeof(IRequestHandler<,>)) is not null),
        handler => Assert.DoesNotContain(
            handler.GetConstructors().SelectMany(constructor => constructor.GetParameters()),
            parameter => typeof(IMediator).IsAssignableFrom(parameter.ParameterType)));

    public void Dispose() => _services.Dispose();

    private List<Type> BehavioursOf(Type request, Type response) =>
    [
        .. _services.GetServices(typeof(IPipelineBehavior<,>).MakeGenericType(request, response))
            .Select(behaviour => behaviour!.GetType())
            .Select(type => type.IsGenericType ? type.GetGenericTypeDefinition() : type),
    ];

    private static ServiceProvider BuildApplication() => new ServiceCollection()
        .AddApplication(ModelAliases.None, ModelOptions.None)
        .AddSingleton(TimeProvider.System)
        .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
        .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
        .AddSingleton(Mock.Of<IConversationClient>())
        .AddSingleton(Mock.Of<IModelCatalogue>())
        .AddSingleton(Mock.Of<IUpstreamHealth>())
        .AddSingleton(Mock.Of<IUpstreamQueue>())
        .AddSingleton(Mock.Of<IEmbeddingClient>())
        .AddSingleton(Mock.Of<INativeClient>())
        .AddSingleton(Mock.Of<IResponseCache>())
        .AddSingleton(Mock.Of<ITokenRatios>())
        .AddSingleton(Mock.Of<IResponseStore>())
        .AddSingleton(Mock.Of<ISharedHosts>())
        .AddSingleton(Mock.Of<ICallerDirectory>())
        .AddSingleton(Mock.Of<IUsageStore>())
        .AddSingleton(Mock.Of<ICluster>())
        .AddSingleton(Mock.Of<IHostAddresses>())
        .AddSingleton(Mock.Of<IGatewayFacts>())
        .AddSingleton(Mock.Of<ICluster>())
        .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });
}
