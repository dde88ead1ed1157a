plugins {
    kotlin("jvm") version "2.0.20"
    id("org.springframework.boot") version "3.3.4"
    application
}

group = "com.example"
version = "1.4.0"

repositories {
    mavenCentral()
}

val ktorVersion = "2.3.12"

dependencies {
    implementation("io.ktor:ktor-server-core:$ktorVersion")
    implementation("org.slf4j:slf4j-api:2.0.13") // logging
    implementation(platform("software.amazon.awssdk:bom:2.28.1"))
    runtimeOnly("org.postgresql:postgresql:42.7.3")
    testImplementation("io.mockk:mockk:1.13.12")
}

tasks.test {
    useJUnitPlatform()
}
