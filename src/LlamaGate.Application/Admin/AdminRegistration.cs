using FluentValidation;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Accounts.Contracts;
using LlamaGate.Application.Admin.Contracts;
using LlamaGate.Application.Behaviours;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Application.Admin;

/// <summary>The use cases of the administration.</summary>
internal static class AdminRegistration
{
    public static void AddAdmin(this IServiceCollection services)
    {
        services.AddSingleton<ShareHistory>();
        services.AddSingleton<IUsageSink>(provider => provider.GetRequiredService<ShareHistory>());
        services.AddSingleton<StatusReading>();
        services.AddSingleton<StatusListeners>();
        services.AddSingleton<AdminChangeLog>();
        services.AddSingleton<IValidator<ChangeTarget>, ChangeTargetValidator>();
        services.AddQuery<GetAdminStatusQuery, AdminStatus, GetAdminStatusHandler>();
        services.AddQuery<FollowAdminStatusQuery, StatusFeed, FollowAdminStatusHandler>();
        services.AddQuery<GetAdminUsageQuery, UsageReport, GetAdminUsageHandler>();
        services.AddQuery<ListAdminKeysQuery, AdminKeyList, ListAdminKeysHandler>();
        services.AddChange<DrainHostCommand, DrainHostHandler>();
        services.AddChange<ResumeHostCommand, ResumeHostHandler>();
        services.AddChange<LoadModelCommand, LoadModelHandler>();
        services.AddChange<UnloadModelCommand, UnloadModelHandler>();
        services.AddChange<CancelCallCommand, CancelCallHandler>();
    }

    private static void AddChange<TCommand, THandler>(this IServiceCollection services)
        where TCommand : IRequest<AdminDone>, IValidatedRequest<ChangeTarget>
        where THandler : class, IRequestHandler<TCommand, AdminDone>
    {
        services.AddTransient<IPipelineBehavior<TCommand, AdminDone>, LoggingBehaviour<TCommand, AdminDone>>();
        services.AddTransient<IPipelineBehavior<TCommand, AdminDone>, ValidationBehaviour<TCommand, AdminDone, ChangeTarget>>();
        services.AddTransient<IRequestHandler<TCommand, AdminDone>, THandler>();
    }

    private static void AddQuery<TRequest, TResponse, THandler>(this IServiceCollection services)
        where TRequest : IRequest<TResponse>
        where THandler : class, IRequestHandler<TRequest, TResponse>
    {
        services.AddTransient<IPipelineBehavior<TRequest, TResponse>, LoggingBehaviour<TRequest, TResponse>>();
        services.AddTransient<IRequestHandler<TRequest, TResponse>, THandler>();
    }
}
