import BackOffice
import Foundation

exit(
    await CommandRunner.run(
        Array(CommandLine.arguments.dropFirst()), environment: ProcessInfo.processInfo.environment))
