import BackOffice
import Foundation

let status = await CommandRunner.run(
    Array(CommandLine.arguments.dropFirst()), environment: ProcessInfo.processInfo.environment)
// Threads that close connections may still be at work: the libraries' exit handlers would free what they use.
fflush(nil)
_exit(status)
