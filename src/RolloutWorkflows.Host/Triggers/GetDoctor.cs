using Microsoft.AspNetCore.Http;

namespace RolloutWorkflows.Host;

/// <summary><c>GET /api/doctor</c>: everything that a run will need, looked at now.</summary>
[Operation("Everything that a run will need, looked at now.", Gives = typeof(DoctorReport))]
internal sealed class GetDoctor(Doctor doctor) : HttpTrigger
{
    public override string Method => HttpMethods.Get;

    public override string Route => "api/doctor";

    public override Permission Needs => Permission.Read;

    public override async Task RunAsync(HttpContext http) => await AnswerAsync(http, await doctor.ExamineAsync(http.RequestAborted));
}
