//! Containers and virtual machines.

use crate::facts::program::reader::wrapper as reader;
use crate::facts::program::row::LOOSE;
use crate::facts::program::row::OPEN;
use crate::facts::program::row::Row;
use crate::facts::program::row::SHARED;
use crate::facts::program::row::STOPS;
use crate::facts::program::row::row;

const RUN: &str = "-ditP -a= -c= -e=v -h= -l= -m= -p=!listens -u= -v=Z -w= rm init detach \
         interactive tty privileged!raises_privilege env=v env-file=r volume=Z mount=Z workdir= \
         user= name= network= net= hostname= publish=!listens publish-all!listens entrypoint=T \
         platform= pull= cap-add=!raises_privilege cap-drop= device=!opens_device \
         security-opt=!raises_privilege pid=!raises_privilege ipc=!raises_privilege \
         userns=!raises_privilege uts=!raises_privilege gpus= memory= cpus= ulimit= tmpfs= \
         read-only restart= label= label-file=r link= dns= health-cmd=c ip= runtime=x \
         sysctl=!raises_privilege volumes-from= quiet -q cgroupns=!raises_privilege no-deps \
         service-ports -T build";

#[rustfmt::skip]
const DOCKER: &[Row] = &[
    row("run,create,container run,container create", "tC",
        &["!starts_container !fetches_data", RUN]).shape(STOPS).reader(reader::mounts),
    row("exec,container exec,compose exec,compose run", "tC", &["!starts_container",
        RUN]).shape(STOPS),
    row("ps,images,inspect,logs,version,info,top,stats,port,diff,history,events,search,container \
         ls,container list,container inspect,container logs,image ls,image list,image \
         inspect,image history,network ls,network inspect,volume ls,volume inspect,context \
         ls,context show,system df,system info,compose ps,compose logs,compose config,compose \
         ls,compose images,compose top,compose version,buildx ls,buildx version,help",
        "t*", &[]).shape(LOOSE),
    row("pull,image pull,compose pull", "t*",
        &["!fetches_data !starts_container"]).shape(LOOSE),
    row("push,image push,compose push", "t*",
        &["!sends_data !publishes_package"]).shape(LOOSE),
    row("login,logout", "t*", &["!reveals_credentials !sends_data"]).shape(LOOSE),
    row("build,image build,buildx build,buildx bake,compose build,bake", "r*",
        &["!runs_project_code !fetches_data !starts_container -f=r file=r -t= tag= build-arg= \
         secret=r ssh=r -o=w output=w iidfile=w"]).shape(LOOSE),
    row("cp,container cp,save,load,export,import,commit,image save,image load,compose cp", "b*",
        &["!starts_container -o=w output=w -i=r input=r"]).shape(LOOSE),
    row("rm,rmi,stop,kill,restart,start,pause,unpause,prune,system prune,volume rm,volume \
         prune,network rm,network prune,image rm,image prune,container rm,container \
         stop,container prune,compose down,compose up,compose start,compose stop,compose \
         restart,compose rm,compose kill,builder prune",
        "t*", &["!starts_container !controls_processes"]).shape(LOOSE),
];

/// The rows.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("docker,podman,nerdctl", "",
        &["-D -H=k host=k -c=k context=k config=k log-level= -l= tls tlscacert=r tlscert=r \
         tlskey=r tlsverify -v#V version#V debug remote url=k root=w"])
        .shape(OPEN).subcommands(DOCKER).reader(reader::container),
    row("docker-compose,podman-compose", "",
        &["!starts_container -f=r file=r -p= project-name= env-file=r profile= \
         project-directory=g"]).shape(OPEN | SHARED | LOOSE).reader(reader::container),
    row("buildah,skopeo,crictl,ctr,lxc,lxc-attach,incus,vagrant,virsh,qemu-system-x86_64,\
         qemu-img,multipass,minikube,kind,k3d,colima,lima,limactl,runc,crun,kaniko,\
         img,nixos-container,firecracker,VBoxManage,devcontainer,toolbox,distrobox,\
         orb,singularity,apptainer,act",
        "b*", &["!starts_container !fetches_data"]).shape(LOOSE),
];
