class Backdoor {}
